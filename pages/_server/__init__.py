"""The small routes beside the pages: join, sign in, push; and what wraps every answer."""

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Route

from pages._server import plain, sign_in
from pages._server.beside import guess, last_time, last_words, reason, safe
from pages._server.directory import DIRECTORY
from pages._server.door import FewGuesses, OpenWays, OwnHosts
from pages._server.hand_on import ask_to_hand_on, hand_on
from pages._server.headers import SafeHeaders
from pages._server.kept_result import keep_result
from pages._server.life import lifespan, say_what_happened, serve
from pages._server.limits import OnlyOurMessages
from pages._server.mirror import look_at_myself
from pages._server.moved import to_the_check
from pages._server.pressed import PressedOnce, run_command
from pages._server.push import push
from pages._server.rehearse import ask_to_practise, save_practice
from pages._server.shell import FirstWords
from pages._server.vote import vote

routes: list[BaseRoute] = [
    Route("/join", plain.ask_for_code, methods=["GET"]),
    Route("/join/{code}", plain.choose_team, methods=["GET"]),
    Route("/join/{code}", plain.sit_down, methods=["POST"]),
    Route("/hand-over/{code}", plain.show_offer, methods=["GET"]),
    Route("/hand-over/{code}", plain.make_offer, methods=["POST"]),
    Route("/hand-on/{code}", ask_to_hand_on, methods=["GET"]),
    Route("/hand-on/{code}", hand_on, methods=["POST"]),
    Route("/take-over/{code}", plain.ask_for_offer, methods=["GET"]),
    Route("/take-over/{code}", plain.take_offer, methods=["POST"]),
    Route("/my-result/{code}", keep_result, methods=["GET"]),
    Route("/look/{code}", look_at_myself, methods=["GET"]),
    Route("/rehearse", ask_to_practise, methods=["GET"]),
    Route("/rehearse", save_practice, methods=["POST"]),
    Route("/check", to_the_check, methods=["GET"]),
    Route("/wall", plain.show_wall, methods=["GET"]),
    Route("/sign-in", sign_in.ask_for_passphrase, methods=["GET"]),
    Route("/sign-in", sign_in.sign_in_by_words, methods=["POST"]),
    DIRECTORY,
    Route("/sign-in/{link}", sign_in.sign_in_here, methods=["GET"]),
    Route("/sign-in/{link}", sign_in.accept_here, methods=["POST"]),
    Route("/sign-out", sign_in.ask_to_sign_out, methods=["GET"]),
    Route("/sign-out", sign_in.sign_out_here, methods=["POST"]),
    Route("/push/{code}", push, methods=["GET"]),
    Route("/vote/{code}", vote, methods=["POST"]),
    Route("/reason/{code}", reason, methods=["POST"]),
    Route("/guess/{code}", guess, methods=["POST"]),
    Route("/last-time/{code}", last_time, methods=["POST"]),
    Route("/safe/{code}", safe, methods=["POST"]),
    Route("/last-words/{code}", last_words, methods=["POST"]),
    Route("/exchange", plain.to_community, methods=["GET"]),
]

# Streamlit leaves its own scripts uncompressed: gzip takes a cold voting page to 0.8 MB.
middleware = [
    Middleware(OwnHosts),
    Middleware(PressedOnce),  # early: a page that opens asks for 68 files, kept with their headers
    Middleware(SafeHeaders),
    Middleware(OpenWays, ours=[route.path for route in routes if isinstance(route, Route)]),
    Middleware(FewGuesses),
    Middleware(OnlyOurMessages),
    Middleware(GZipMiddleware, minimum_size=1024),
    Middleware(FirstWords),
]

__all__ = ["lifespan", "middleware", "routes", "run_command", "say_what_happened", "serve"]
