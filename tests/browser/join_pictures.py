"""Sets pictures beside one another: join_pictures.py OUT PICTURE..."""

import sys

from PIL import Image

GAP = 16

pictures = [Image.open(name).convert("RGB") for name in sys.argv[2:]]
height = max(picture.height for picture in pictures)
joined = Image.new("RGB", (sum(p.width for p in pictures) + GAP * (len(pictures) + 1), height + 2 * GAP), (222, 226, 232))
left = GAP
for picture in pictures:
    joined.paste(picture, (left, GAP))
    left += picture.width + GAP
joined.save(sys.argv[1], optimize=True)
