!silent
