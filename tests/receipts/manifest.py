"""Which set each app of the shape files belongs to, in the generator's order.

All of them were unseen until someone looked at their misses; now everyone may look at them. A round is the set in which
they were unseen together.
"""

from . import shape_cards, shape_lists, shape_messages, shape_pages, shape_prose, shape_slips

SHAPES = (shape_cards, shape_lists, shape_messages, shape_pages, shape_prose, shape_slips)

ROUNDS = {
    "first": "exterior bicentenario plaza sofitasa billetera delsur activo r4",
    "second": "caroni fondo-comun cien agricola banfanb bangente checking comercio ene58 capitales",
    "third": "aviso libreta puntos prosa nube cruce turno union bio robot",
    "fourth": "formulario reenviado iconos-solos bandas corto rejilla enviaste sent panel talon",
    "fifth": "constancia edicion desglose bilingue seguido renglon correo-ingles mayuscula foto-perfil hoja",
    "sixth": "pasos apunte inmediato zelle-espanol enumerado correo-tabla medio-punto verde pdf recibimos",
}


def former() -> dict:
    """Every app of a round by its name; a name that no shape file has, or one in no round, is an error."""
    drawn = {name: app for shape in SHAPES for name, app in shape.APPS.items()}
    names = [name for names in ROUNDS.values() for name in names.split()]
    assert sorted(names) == sorted(drawn), set(names) ^ set(drawn)
    return {name: drawn[name] for name in names}
