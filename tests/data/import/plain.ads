time,vantage,place_shown,advertiser,text,about_place,source
2026-03-01T10:00:00Z,Honolulu,US-HI,Surf Shop,"Hawaii's own boards, here",us-hi,capture 1
2026-03-01T10:00:00Z,Berlin,DE,Surf Shop,"Hawaii's own boards, here",US-HI,capture 2
2026-03-01,Honolulu,Honolulu,VPN Ltd,Hide your IP,,capture 3
