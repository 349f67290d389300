"""The 256 words of recovery sheets and passphrases: short, ordinary, no two begin alike.

One word is one byte, by its place; so the list never changes. Four letters tell each of them.
"""

from __future__ import annotations

WORDS: tuple[str, ...] = tuple(
    """
abete acqua agenda aglio agosto alba albero ananas anello angolo aprile aquila arco argine aria
armadio arte asino aurora autunno balcone bambola banco barca basilico bianco bilancia biscotto
bosco botte braccio brodo bucato burro busta cabina caffe calendario camino campo candela capra
carota casa castello cavallo cedro cena cerchio chiave chiodo cielo ciliegia cima cipolla coda
colle coperta corda cotone cubo cucina cuore cuscino dado danza dattero delfino dente diario
dito divano dolce domenica donna doppio drago duomo edera elica erba estate fabbrica faccia
fagiolo falco farina febbre ferro festa fiaba fico fieno filo fiore fiume foglia fontana forno
fragola freccia fresco frutta fumo fungo fuoco gabbia gallo gamba gatto gelato gennaio gesso
ghiro giallo giardino ginocchio gioco giugno gola gomma gonna grano grillo guanto gufo guscio
inverno isola lago lampada lana largo latte lavagna legno lenzuolo leone lepre letto libro
limone lingua lista luce luglio lumaca luna lungo lupo macchina madre maggio maglia mandorla
mano mare marmo martello matita mattina mela menta mercato merlo mese metro miele mimosa monte
morbido mosca mulino muro museo musica nave nebbia neve nido nipote noce nonno notte nove nube
nuovo oca occhio olio oliva ombra onda oro orso orto ospite otto pace padre paese pagina palla
pane parete pasta patata penna pepe pera pesce pettine piano piazza piede pietra pino pioggia
piuma polvere ponte porta prato prugna pulito punto quadro quercia radio rana remo riso sale
sapone scala scarpa scuola sedia sera sole stella strada tavolo tazza tela tenda tetto torta
treno uva valle vento verde vino zaino zucca
""".split()  # noqa: SIM905 - a list that people read
)
