"""The facilitator alone: programmes over places, a session, and the run sheet of a workshop."""

from datetime import date

import streamlit as st

from aqua_core.workshop.scheduling import programmes_now, requests_now
from pages import _giving, _programme, _room, _run_sheet, _session, _way
from pages._ending import end

today = date.today()
if _room.CODE in st.query_params:
    _run_sheet.draw(_room.workshop())
    end()
now = programmes_now(_room.caller())
session = next((held for held in now.sessions if held.id == st.query_params.get("session")), None)
chosen = st.query_params.get("programme", session.programme_id if session else "")
programme = next((held for held in now.programmes if held.id == chosen), None)
_way.way_of_community(_way.PROGRAMME)
_programme.say_done()
if st.query_params.get(_way.VIEW) == _giving.VIEW:
    _giving.over_places(today)
elif session and programme:
    _session.session(now, programme, session, today)
elif programme:
    _programme.programme(now, programme, today)
else:
    _programme.every(now, requests_now(_room.caller()), today)
