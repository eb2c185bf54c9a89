"""Exports as other counters write them, for a help centre at https://help.example/kb/."""

from __future__ import annotations

from pathlib import Path

from kbtool.addresses import AddressBook, address_book
from kbtool.config import Settings
from tests.metrics.histories import article

BOOK: AddressBook = address_book(
    [article("kb-1"), article("kb-2"), article("kb-3", status="archived")],
    Settings(
        root=Path("/kb"),
        config_file=Path("/kb/mkdocs.yml"),
        site_name="Help",
        site_url="https://help.example/kb/",
        languages=("en", "tr"),
    ),
)

PLAUSIBLE_PAGES = """\
"date","hostname","page","visits","visitors","pageviews","total_scroll_depth","total_scroll_depth_visits"
"2026-10-01","help.example","/kb/en/bike/kb-1/",3,3,4,200,3
"2026-10-01","help.example","/kb/en/",9,9,11,0,0
"2026-10-02","help.example","/kb/en/bike/kb-1/",1,1,2,80,1
"2026-10-02","www.help.example","/kb/a/kb-2",1,1,1,80,1
"2026-10-02","shop.example","/kb/en/bike/kb-1/",7,7,7,80,1
"2026-10-02","help.example","en/bike/kb-1/",1,1,1,80,1
"2026-10-33","help.example","/kb/en/bike/kb-1/",1,1,1,80,1
"2026-10-03","help.example","/kb/en/bike/kb-1/",1,1,many,80,1
"""

PLAUSIBLE_DASHBOARD = """\
name,visitors,pageviews,bounce_rate,time_on_page,scroll_depth
/kb/en/bike/kb-1/,120,"1,250",40,31,70
/kb/en/bike/kb-2?ref=mail,4,5,60,,
/pricing,1,1,100,,
"""

MATOMO_API = '''\
label,nb_visits,nb_hits,sum_time_spent,bounce_rate,metadata_url,metadata_segment
kb,40,60,100,10%,,pageUrl=^https%253A%252F%252Fhelp.example%252Fkb
/kb-1,12,14,100,10%,https://help.example/kb/en/bike/kb-1/,pageUrl==x
"/kb-2, ""old""",3,3,9,10%,https://help.example/kb/en/bike/kb-2/index.html?pk_campaign=a#top,pageUrl==y
/kb-9,1,1,1,0%,https://help.example/kb/en/bike/kb-9/,pageUrl==z
/there,5,5,1,0%,https://other.example/kb/en/bike/kb-1/,pageUrl==z
Others,8,8,1,0%,,
'''

MATOMO_TURKISH_WEEKS = """\
Tarih\tEtiket\tTekil sayfa gösterimleri\tSayfa gösterimleri\tÜstveri: url
2026-09-28,2026-10-04\tkb-1\t3\t4\thttps://help.example/kb/en/bike/kb-1/
2026-10-05,2026-10-11\tkb-1\t2\t1.234\thttps://help.example/kb/en/bike/kb-1/
"""

MATOMO_BROKEN_WEEKS = """\
date,label,nb_visits,nb_hits,metadata_url
2026-09-28,2026-10-04,/kb-1,3,4,https://help.example/kb/en/bike/kb-1/
2026-10-05,2026-10-11,/kb-1,2,6,https://help.example/kb/en/bike/kb-1/
soon,/kb-1,2,6,https://help.example/kb/en/bike/kb-1/
"""

MATOMO_FLAT = """\
date,label,nb_visits,nb_hits
2026-10,/kb/en/bike/kb-1/,3,4
2026-11,/kb/en/bike/kb-1/,2,6
2026-11,How to kb-1?,2,6
"""

GA4_PAGES = """\
# ----------------------------------------
# Pages and screens: Page path and screen class
# Account: Velmo, "bikes"
# Property: help.example
# ----------------------------------------
# \n\
# All Users
# Start date: 20261001
# End date: 20261031
Nth day,/kb/en/bike/kb-1/,/kb/en/
0000,1,2

# All Users
# Start date: 20261001
# End date: 20261031
Page path and screen class,Views,Active users,Views per active user,Event count,Total revenue
,"2,345",900,2.6,9000,0
/kb/en/bike/kb-1/,"1,234",800,1.5,4000,0
"/kb/en/bike/kb-2/?q=a,
b",11,8,1.4,40,0
(other),40,8,1.4,40,0
/kb/en/,1000,8,1.4,40,0
/kb/a/kb-2,9,,1,1,0
/kb/en/bike/kb-1/,n/a,8,1.4,40,0
"""

GA4_GERMAN = """\
# Startdatum: 20261001
# Enddatum: 20261031
Seitenpfad und Bildschirmklasse;Aufrufe;Aktive Nutzer
/kb/en/bike/kb-1/;1.234;10
Gesamt;1.234;10
"""

GA4_DAYS = """\
Date,Hostname,Page path + query string,Views
20261001,help.example,/kb/en/bike/kb-1/?x=1,3
20261002,help.example,/kb/en/bike/kb-1/,4
20261002,shop.example,/kb/en/bike/kb-1/,5
yesterday,help.example,/kb/en/bike/kb-1/,5
,,Grand total,12
"""

GOATCOUNTER = '''\
2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date
/kb/en/bike/kb-1/,"How to
lock, ""well""",false,,Firefox 141,Linux,aa,0,,,"1920,1080,1",EE,true,2026-10-01T07:30:00Z
kb/en/bike/kb-1/,Lock,false,,Firefox 141,Linux,aa,0,,,,EE,false,2026-10-01T07:31:00Z
/kb/en/bike/kb-1/,Lock,false,,curl,,bb,5,,,,US,true,2026-10-01T08:00:00Z
vote-yes,Vote,true,,Firefox 141,Linux,aa,0,,,,EE,false,2026-10-01T07:32:00Z
/kb/a/kb-2/,Unlock,false,,Safari,iOS,cc,0,,,,TR,true,2026-10-02T23:59:59Z
/kb/en/contact/,Contact,false,,Safari,iOS,cc,0,,,,TR,false,2026-10-02T23:59:59Z
/kb/a/kb-2/,Unlock,false,,Safari,iOS,cc,0,,,,TR,true,not a date
/kb/a/kb-2/,short
'''
