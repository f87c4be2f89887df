"""The palettes: paper, ink, one jade green, and terracotta for what is urgent or called.

Every text colour keeps at least 7 : 1 on every surface it is named for (WCAG 2.2, 1.4.6).
"""

from textual.theme import Theme


def _theme(
    name: str,
    *,
    dark: bool,
    paper: str,
    card: str,
    ink: str,
    jade: str,
    on_jade: str,
    terracotta: str,
    on_terracotta: str,
    quiet: str,
    tint: str,
    line: str,
) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=jade,
        secondary=jade,
        accent=terracotta,
        warning=terracotta,
        error=terracotta,
        success=jade,
        foreground=ink,
        background=paper,
        surface=card,
        panel=card,
        variables={
            "paper": paper,
            "card": card,
            "ink": ink,
            "jade": jade,
            "on-jade": on_jade,
            "terracotta": terracotta,
            "on-terracotta": on_terracotta,
            "quiet": quiet,
            "tint": tint,
            "line": line,
            "accent-key": jade,
            "input-cursor-background": jade,
            "input-cursor-foreground": on_jade,
            "input-cursor-text-style": "none",
            "input-selection-background": tint,
            "block-cursor-background": tint,
            "block-cursor-foreground": ink,
            "block-cursor-text-style": "bold",
            "scrollbar": line,
            "scrollbar-hover": jade,
            "scrollbar-active": jade,
            "scrollbar-background": paper,
            "scrollbar-background-hover": paper,
            "scrollbar-background-active": paper,
            "scrollbar-corner-color": paper,
        },
    )


LIGHT = _theme(
    "light",
    dark=False,
    paper="#f7f4ec",
    card="#ffffff",
    ink="#1b2b26",
    jade="#085041",
    on_jade="#ffffff",
    terracotta="#8e2e12",
    on_terracotta="#ffffff",
    quiet="#3e4e47",
    tint="#e3f1e9",
    line="#cfd8cf",
)
DARK = _theme(
    "dark",
    dark=True,
    paper="#14211d",
    card="#1d2e28",
    ink="#efe9dc",
    jade="#7fd6b4",
    on_jade="#14211d",
    terracotta="#ffb199",
    on_terracotta="#14211d",
    quiet="#b9c7c0",
    tint="#14352a",
    line="#3a5047",
)
CONTRAST = _theme(
    "contrast",
    dark=True,
    paper="#000000",
    card="#000000",
    ink="#ffffff",
    jade="#ffff00",
    on_jade="#000000",
    terracotta="#ffff00",
    on_terracotta="#000000",
    quiet="#ffffff",
    tint="#333300",
    line="#ffffff",
)

THEMES = (LIGHT, DARK, CONTRAST)
