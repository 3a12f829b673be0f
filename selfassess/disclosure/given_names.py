"""Given names that stand for nothing else in English prose, and capitals that are no initials."""

from __future__ import annotations

__all__ = ["CAPITALS", "GIVEN_NAMES"]

_NAMES = """
    aaliyah aaron abdul abdullah abigail adam adrian ahmed aidan aisha alan albert alex
    alexander alexandra alfie ali alice alicia alison amanda amelia amina amy andrea
    andrew angela anita ann anna anne annie anthony archie arthur ayesha barbara ben
    benjamin bethany bradley brandon brian callum cameron carol caroline catherine charles
    charlie charlotte chloe christine christopher claire connor craig daisy daniel danielle
    darren dave david deborah dennis diane dominic dylan edward eleanor elijah elizabeth
    ella ellie elsie emily emma eric erin ethan eva evelyn evie fatima fiona finley florence
    frances francesca freddie frederick gareth gary gemma geoffrey george georgia gillian
    graham hannah harriet harry harvey hasan hayley heather heidi helen henry holly ibrahim
    imogen imran irene isaac isabella isabelle isla ivan jack jackson jacob jacqueline jake
    james jamie jane janet jason jayden jean jennifer jenny jessica jill joan joanna joanne
    joe joel john jonathan jordan joseph josh joshua joyce judith julia julian julie karen
    kate katherine kathleen katie kayla keith kelly kenneth kevin khadija kieran kimberley
    kyle laura lauren leah leanne lee leo leon leonard lewis liam lily linda lisa logan lola
    louis louise lucas lucy luke lydia maisie malcolm margaret maria marie marilyn marion
    martin martha mary maryam mateusz matilda matthew maureen megan melanie melissa mia
    michael michelle mila millie mohammad mohammed molly muhammad natalie natasha nathan
    neil niamh nicholas nicola nicole nigel noah oliver olivia omar oscar pamela patricia
    patrick paul pauline peter philip phoebe poppy rachel ralph raymond rebecca reece rhys
    richard riley robert robin roger ronald rory rosemary rosie roy russell ruth ryan sadia
    salma sam samantha samir samuel sandra sara sarah scarlett scott sean sebastian shane
    shannon sharon sheila shirley simon sofia sophia sophie stacey stanley stephanie stephen
    steven stuart susan suzanne sylvia tariq teresa terence thea theo theodore thomas
    timothy tina toby tommy tony tracey tyler usman valerie vanessa veronica victoria
    vincent wayne wendy william willow xavier yasmin yusuf zachary zainab zara zoe
"""
_CAPITALS = """
    AD AP BA BC CD CE CP CQ DA DS EH EU EY FE FT GB GP HE HM HQ HR IA IT JP KS LA LP MA ME
    MH MP NE NI NW OT PA PC PE PO PQ PR PT QA RE RI SE SI SW TA TV UK UN US VR YJ YP AM PM
    OK ID NO OR
"""

GIVEN_NAMES = frozenset(_NAMES.split())
"""Common in England and Wales. Names that are words as well (Grace, Mark, Will) are left out: what
stands here asks a person to look, and too many false calls teach people to look away."""

CAPITALS = frozenset(_CAPITALS.split())
"""Two capitals that are an office, a place or a thing."""
