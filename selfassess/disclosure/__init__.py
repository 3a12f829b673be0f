"""What may leave the council: small numbers withheld, private texts left out, for each audience.

Pure functions over the plain data of ``assessment.json``. Every output for partners or the public
is made from what `disclose` returns, and from nothing else.
"""

from selfassess.disclosure.check_text import Hit, Known, check_texts
from selfassess.disclosure.disclose import AUDIENCES, disclose
from selfassess.disclosure.published import published_record

__all__ = ["AUDIENCES", "Hit", "Known", "check_texts", "disclose", "published_record"]
