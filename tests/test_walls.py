"""Pages that come with status 200 in the place of the one that was asked for: each is told by its kind, and what only looks like one is spared."""

from __future__ import annotations

import pytest

from newscrawl import extract
from newscrawl.errors import NewscrawlError
from newscrawl.fate import REASONS
from tests.living import Story


def page(title: str, text: str, more: str = "") -> str:
    return f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p>{more}</body></html>"


WALLS = {
    "Challenge": [
        ("Just a moment...", "Verifying you are human. This may take a few seconds."),
        ("Attention Required! | Cloudflare", "Sorry, you have been blocked. You are unable to access news.example"),
        ("news.example", "Please enable JS and disable any ad blocker"),
        ("Sicherheitsüberprüfung", "Bitte bestätigen Sie, dass Sie ein Mensch sind."),
        ("Access Denied", "You don't have permission to access this resource on this server."),
        ("Доступ ограничен", "Подтвердите, что вы не робот, чтобы продолжить."),
    ],
    "ConsentWall": [
        ("news.example", "We and our partners store and access information on a device. Accept all cookies or manage your consent."),
        ("Willkommen bei news.example", "Wir und unsere Partner verarbeiten Daten. Weiterlesen mit Werbung. Einwilligen und weiter."),
        ("news.example", "Nous et nos partenaires utilisons des cookies. Accepter et fermer. S'abonner ou accepter."),
    ],
    "SoftNotFound": [
        ("Oops", "The page you are looking for may have been moved or deleted."),
        ("Página no encontrada - El Diario", "No encontramos la página que busca."),
        ("お探しのページ", "お探しのページは見つかりませんでした。"),
    ],
    "LoginPage": [("Log in - The Paper", "E-mail Password"), ("Anmelden | Die Zeitung", "E-Mail Passwort")],
    "NeedsScript": [("The Paper", "This site requires JavaScript. Please turn it on."), ("La Gaceta", "Es necesario activar JavaScript para ver esta página.")],
    "Maintenance": [
        ("We'll be back soon!", "Sorry for the inconvenience. We are performing some maintenance at the moment."),
        ("Die Zeitung", "Wegen Wartungsarbeiten ist diese Seite gerade nicht zu sehen."),
        ("Le Journal", "Le site est en maintenance et sera bientôt de retour."),
        ("Briefly unavailable for scheduled maintenance. Check back in a minute.", ""),
    ],
    "ParkedDomain": [
        ("news.example", "This domain is for sale. Inquire now. Related searches: cheap flights, insurance, loans."),
        ("Welcome to nginx!", "If you see this page, the nginx web server is successfully installed and working."),
        ("Account Suspended", "This account has been suspended. Contact your hosting provider for more information."),
        ("zeitung.example", "Diese Domain steht zum Verkauf."),
    ],
    "ErrorPage": [
        ("Database Error", "Error establishing a database connection"),
        ("502 Bad Gateway", "nginx/1.18.0"),
        ("The Paper", "Application error: a client-side exception has occurred (see the browser console for more information)."),
        ("Fout", "Er is een fout opgetreden. Probeer het later opnieuw."),
        ("The Paper", "Fatal error: Uncaught exception 'RuntimeException' in /var/www/index.php:12"),
    ],
}


@pytest.mark.parametrize(("kind", "title", "text"), [(kind, *case) for kind, cases in WALLS.items() for case in cases])
def test_a_page_in_the_place_of_another_is_told_by_its_kind(kind: str, title: str, text: str) -> None:
    with pytest.raises(NewscrawlError) as caught:
        extract(page(title, text), "https://news.example/2026/11/harbour-council-votes")
    assert caught.value.reason == kind and kind in REASONS


TITLES = [
    "Old bridge still under construction", "Access denied to the harbour archive", "Human verification at the borders fails", "Page not found: the lost diary",
    "Coming soon to the old theatre", "The domain is for sale, says mayor", "Service unavailable, says the rail operator", "How to log in to the new tax office",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("paragraphs", [1, 4])
def test_an_article_on_such_a_matter_is_an_article(title: str, paragraphs: int) -> None:
    story = Story(3, None, title)  # type: ignore[arg-type]
    meta = '<meta property="article:published_time" content="2026-11-20T08:00:00+00:00"><meta property="og:type" content="article">'
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs[:paragraphs])
    html = page(title, "", text).replace("</head>", meta + "</head>").replace("<p></p>", "")
    assert extract(html, "https://news.example/2026/11/harbour-council-votes").headline == title
