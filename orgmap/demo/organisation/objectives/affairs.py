"""Objectives of people and of corporate affairs."""

from orgmap.demo.records import Objective

# fmt: off
OBJECTIVES = (
    Objective("forty-posts", "Forty drivers and deckhands sign on by the summer timetable", "B11", "human-resources",
              to="skilled", where="region", measure="posts filled", unit="posts", figures=(0, 40, 26), since=140,
              until=80),
    Objective("life-at-work", "Show what working here is like, by those who do", "B06", "human-resources",
              to="graduates apprentices skilled", where="region", measure="applicants who came through a colleague",
              unit="%", figures=(9, 30, 17), since=280),
    Objective("graduates-stay", "Twelve graduates a year choose the coast over the city", "B13", "human-resources",
              to="graduates", where="region", measure="graduates hired", unit="people", figures=(4, 12, 7), since=300,
              until=65),

    Objective("apprentices-wanted", "Three good applicants for each apprenticeship", "B11",
              "apprentice-school workshops island-ferries", to="apprentices", where="region",
              measure="applicants per place", unit="applicants", figures=(1.4, 3, 2.3), since=230, until=110),
    Objective("bench-stories", "Apprentices tell it themselves", "B06", "apprentice-school", to="apprentices schools",
              where="region", measure="films made by apprentices", unit="films", figures=(0, 24, 15), since=200),

    Objective("night-shift", "The night shift hears news from us first", "B12", "staff-news", to="crews",
              where="region", measure="heard it from us first", unit="%", figures=(33, 75, 57), since=320),
    Objective("know-each-other", "A deckhand knows a signaller by name", "B02", "staff-news", to="crews office-staff",
              where="region", measure="swapped a shift visit", unit="people", figures=(12, 150, 88), since=260),
    Objective("old-hands", "Former staff keep telling us what we forgot", "B12", "staff-news", to="pensioners",
              where="region", measure="answers from former staff", unit="a month", figures=(2, 20, 9)),

    Objective("newsroom-hour", "A newsroom has an answer within the hour", "B13", "press-office", to="local-press",
              where="region", measure="answers within the hour", unit="%", figures=(62, 95, 91), since=330),
    Objective("travel-stories", "Thirty good stories about the isles, written by others", "B13", "press-office",
              to="travel-writers", where="region language", measure="articles", unit="articles", figures=(8, 30, 21),
              since=240, until=125),

    Objective("straight-answers", "Councils hear bad news from us, not from the paper", "B13", "corporate-affairs",
              to="councils safety-bodies", where="region", measure="briefings before publication", unit="%",
              figures=(45, 100, 80), since=310),

    Objective("school-trains", "Each school on the line visits a signal box once", "B05", "community", to="schools",
              where="region", measure="schools that visited", unit="schools", figures=(7, 52, 31), since=300, until=65),
    Objective("good-neighbours", "Neighbours ring us before they ring the council", "B12", "community", to="neighbours",
              where="region", measure="first calls to us", unit="%", figures=(38, 70, 55), since=250),
    Objective("line-walks", "Neighbours walk the line with the people who mend it", "B07", "community",
              to="neighbours enthusiasts", where="fells isles", measure="walkers", unit="people", figures=(0, 600, 380),
              since=170),

    Objective("buy-near", "Two of three pounds are spent within forty miles", "B08", "purchasing", to="growers yards",
              where="region", measure="spent nearby", unit="%", figures=(41, 66, 52), since=290, until=110),
    Objective("yards-know", "Small yards know what we buy next year", "B05", "purchasing", to="yards", where="region",
              measure="yards at the open day", unit="yards", figures=(9, 40, 24), since=220),

    Objective("open-timetable", "Others build on our open timetable", "B04", "it-and-data", to="enthusiasts",
              measure="programs that use it", unit="programs", figures=(3, 25, 16), since=340),

    Objective("one-voice", "The company speaks with one voice on one day a year", "B02", "skerry-and-fell",
              to="employees", where="region", measure="colleagues at the open day", unit="people",
              figures=(300, 900, 610), since=260, until=105),
)
