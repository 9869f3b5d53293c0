"""The image library: bytes from anywhere in, safe pixels in the sizes and formats that a page needs out."""

from articles.images.adding import add_image, suggest_name
from articles.images.decoding import DecodedImage, ImageRejected, decode_upload
from articles.images.deleting import DeleteRefused, delete_image
from articles.images.pictures import thumbnail_src, to_picture
from articles.images.replacing import outdated_articles, replace_file, restore_file

__all__ = [
    "DecodedImage",
    "DeleteRefused",
    "ImageRejected",
    "add_image",
    "decode_upload",
    "delete_image",
    "outdated_articles",
    "replace_file",
    "restore_file",
    "suggest_name",
    "thumbnail_src",
    "to_picture",
]
