"""The image library: bytes from anywhere in, safe pixels in the sizes and formats that a page needs out."""

from articles.images.adding import add_image, suggest_name
from articles.images.decoding import DecodedImage, ImageRejected, decode_upload
from articles.images.pictures import to_picture

__all__ = ["DecodedImage", "ImageRejected", "add_image", "decode_upload", "suggest_name", "to_picture"]
