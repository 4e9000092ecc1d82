zoo-d-names.ch	MX	-	answer	zoo-d-names.ch. 60 IN MX 10 \027\0912J\007.zoo-d-names.ch.|zoo-d-names.ch. 60 IN MX 20 \046\046\047etc.zoo-d-names.ch.|zoo-d-names.ch. 60 IN MX 30 \060script\062\000.zoo-d-names.ch.
zoo-d-names.ch	TXT	-	answer	zoo-d-names.ch. 60 IN TXT "\027[2J\007" "\255\254\000"
