"""`![alt](media:naam "bijschrift")`: a picture from the library, with its modern formats, its size and its caption."""

from dataclasses import replace
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from articles.rendering.findings import Level
from articles.rendering.rendered import Picture

SIZES_IN_TEXT = "(min-width: 48rem) 42rem, 100vw"


def install(md: MarkdownIt) -> None:
    md.core.ruler.push("lone_images", free_lone_images)
    md.add_render_rule("image", render_image)


def free_lone_images(state: StateCore) -> None:
    """An image that is a paragraph by itself becomes a figure: take the paragraph away around it."""
    for opening, inline, closing in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        children = inline.children or []
        if opening.type == "paragraph_open" and len(children) == 1 and children[0].type == "image":
            opening.hidden = closing.hidden = True
            children[0].meta["alone"] = True


def render_image(self, tokens, idx, options, env) -> str:
    token, page = tokens[idx], env["page"]
    line, address = token.meta.get("line", 0), str(token.attrs.get("src", ""))
    name = address.removeprefix("media:") if address.startswith("media:") else ""
    known = page.library.pictures.get(name)
    alt = self.renderInlineAsText(token.children or [], options, env)
    if known is None:
        if name:
            page.show(name, None, own_alt=alt)
        message = f"De afbeelding ‘{address.removeprefix('media:')}’ staat niet in de beeldbank. Upload haar of verbeter de naam."
        page.find("unknown-image", Level.ERROR, message, line=line)
        return f'<span class="image-unknown">[afbeelding: {escape(address)}]</span>'
    caption = str(token.attrs.get("title", ""))
    picture = describe(page, known, alt=alt, caption=caption, render_inline=env["md"].renderInline, env=env, line=line)
    page.show(name, picture, own_alt=alt)
    return figure_html(picture) if token.meta.get("alone") else picture_html(picture, sizes=SIZES_IN_TEXT)


def describe(page, known, *, alt: str, caption: str, render_inline, env, line: int = 0) -> Picture:
    """Return the library picture with the words of this use: what was typed for this place counts, else what the library says.

    A picture that is decorative in the library may carry meaning somewhere: there it has a text of its own. A text that is missing
    is a finding, unless the picture is decorative.
    """
    alt, caption = alt or known.picture.alt, caption or known.caption
    if not alt and not known.is_decorative:
        message = f"De afbeelding ‘{known.picture.name}’ heeft geen alternatieve tekst. Beschrijf wat er te zien is."
        page.find("missing-alt", Level.ERROR, message, line=line)
    caption_html = render_inline(caption, env).strip() if caption else ""
    return replace(known.picture, alt=alt, caption_html=caption_html)


def picture_html(picture: Picture, *, sizes: str) -> str:
    sources = "".join(f'<source type="{escape(s.type)}" srcset="{escape(s.srcset)}" sizes="{sizes}">' for s in picture.sources)
    attributes = {
        "src": picture.src,
        "srcset": picture.srcset,
        "sizes": sizes,
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt,
        "loading": "lazy",
        "decoding": "async",
    }
    image = " ".join(f'{name}="{escape(str(value))}"' for name, value in attributes.items())
    return f"<picture>{sources}<img {image}></picture>"


def figure_html(picture: Picture) -> str:
    credit = f' <span class="credit">{escape(picture.credit)}</span>' if picture.credit else ""
    caption = f"<figcaption>{picture.caption_html}{credit}</figcaption>" if picture.caption_html or credit else ""
    return f'<figure class="figure">{picture_html(picture, sizes=SIZES_IN_TEXT)}{caption}</figure>\n'
