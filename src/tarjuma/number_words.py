"""Numbers that are written as words, language by language: "two", "второй", "йигирма", "XIX", "March".

A translator may write 2 for "two" and "два" for 2. The tables hold the beginnings of words, because the words are
inflected, and with `=` whole words where others begin so (се is three in Tajik, сервер is a server), with `~` first
parts of compounds. They name what a number may be, never what it must be.

Names of months: Unicode CLDR 48 (Unicode-3.0), cut to what all cases share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_STEMS = {
    "en": """
0 zero|none|no|midnight; 1 one|first|once|single|a|an|sole|another|each|every|per|only
2 two|second|secondary|twice|double|dual|both|pair|couple; 3 three|third|thrice|triple; 4 four|quarter|quadruple
5 five|fifth; 6 six; 7 seven|week|weekly; 8 eight|eighth; 9 nine|ninth; 10 ten|decade; 11 eleven
12 twelve|twelfth|dozen|noon; 13 thirteen; 14 fourteen|fortnight; 15 fifteen; 16 sixteen; 17 seventeen
18 eighteen; 19 nineteen; 20 twenty|twentieth; 30 thirty|thirtieth; 40 forty|fortieth
50 fifty|fiftieth|half|halves; 60 sixty|sixtieth; 70 seventy|seventieth; 80 eighty|eightieth; 90 ninety|ninetieth
100 hundred; 1000 thousand|grand; 1000000 million; 1000000000 billion""",
    "ru": """
0 нол|нул|=нет|=ни; 1 =один|одно~|одн|перв|един
2 =два|=две|=двух|=двум|двух~|двум|двусторон|двой|двое|двоих|двоим|двукрат|втор|=оба|=обе|обоих|обеих|=пара|=пары|=пару
3 =три|трёх~|трех~|трем|трём|=трое|троих|тройн|тройк|трет; 4 четыр|четв
5 =пять|пяти|пятью|пятый|пятая|пятое|пятую|пятого|пятой|пятеро; 6 =шесть|шести|шестью|шестой|шестая|шестого
7 =семь|семи|=семью|седьм|недел; 8 =восемь|восьми|восьм; 9 =девять|девяти|девят; 10 =десять|десяти|десят
11 одиннадцат; 12 двенадцат|дюжин|=полдень|полудн; 13 тринадцат; 14 четырнадцат; 15 пятнадцат; 16 шестнадцат
17 семнадцат; 18 восемнадцат; 19 девятнадцат; 20 двадцат; 24 =сутки|=суток; 30 тридцат; 40 сорок
50 пятьдесят|пятидесят|половин|полчас|полгод; 60 шестьдесят|шестидесят; 70 семьдесят|семидесят
80 восемьдесят|восьмидесят; 90 девяност; 100 =сто|=ста|=сот|сотн|=сотая|сотый; 1000 тысяч|=тыс; 1000000 миллион|=млн
1000000000 миллиард|=млрд""",
    "uk": """
0 нул|=нема|=немає|жодн; 1 =один|одно~|одн|перш|єдин
2 =два|=дві|=двох|двом|двій|дво~|двоє|двох|двічі|друг|обид|=обоє|=пара|=пари|=пару
3 =три|тривимір|трьох~|трьом|троє|трійк|трет|трич; 4 чотир|четв; 5 п['’ʼ]ят; 6 шіст|шест|шост
7 =сім|семи|сьом|тижд|тижн; 8 вісім|восьм|вісьм; 9 дев['’ʼ]ят; 10 десят; 11 одинадцят
12 дванадцят|дюжин|=полудень|полудн|=опівдні; 13 тринадцят; 14 чотирнадцят; 15 п['’ʼ]ятнадцят; 16 шістнадцят
17 сімнадцят; 18 вісімнадцят; 19 дев['’ʼ]ятнадцят; 20 двадцят; 24 =доба|=доби|=діб|=добу; 30 тридцят; 40 сорок
50 п['’ʼ]ятдесят|половин|=пів|півгод; 60 шістдесят; 70 сімдесят; 80 вісімдесят; 90 дев['’ʼ]яност
100 =сто|=ста|=сот|сотн|=сотий; 1000 тисяч|=тис; 1000000 мільйон|=млн; 1000000000 мільярд|=млрд""",
    "be": """
0 нул|=няма|ніводн; 1 =адзін|адна~|адн|перш
2 =два|=дзве|=двух|двух~|двум|двай|дзвюх|дзвюм|=двое|друг|абодв|абедз|двойч|=пара|=пары|=пару
3 =тры|трох~|тром|трэц|=трое|тройч; 4 чатыр|чацвёр|чацвер; 5 =пяць|пяці|пяты|пятая|пятага|пятую; 6 =шэсць|шасці|шост
7 =сем|сямі|сёмы|сёма|тыдз|тыдн; 8 =восем|васьмі|восьм; 9 =дзевяць|дзевяці|дзявят; 10 =дзесяць|дзесяці|дзясят
11 адзінаццац; 12 дванаццац|тузін|=поўдзень|=поўдні; 13 трынаццац; 14 чатырнаццац; 15 пятнаццац; 16 шаснаццац
17 семнаццац; 18 васемнаццац; 19 дзевятнаццац; 20 дваццац; 24 =суткі|=сутак; 30 трыццац; 40 сорак
50 пяцьдзесят|палов|паўгадз; 60 шэсцьдзесят; 70 семдзесят; 80 восемдзесят; 90 дзевяност; 100 =сто|=ста|=сот|сотн
1000 тысяч|=тыс; 1000000 мільён|=млн; 1000000000 мільярд|=млрд""",
    "tg": """
0 сифр|=нол|=ягон|=нест; 1 =як|якум|якто|аввал|нахуст|ягона|=якеро|=яке|=яки
2 =ду|дуюм|дуто|дугона|ҷуфт|ҳарду|дукарата; 3 =се|сеюм|севум|севвум|сето|секарата; 4 =чор|чорум|=чаҳор|чаҳорум|чорто
5 =панҷ|панҷум|панҷто; 6 =шаш|шашум|шашто; 7 =ҳафт|ҳафтум|ҳафтто|ҳафта; 8 =ҳашт|ҳаштум|ҳаштто; 9 =нӯҳ|=нуҳ|нӯҳум
10 =даҳ|даҳум|даҳто|даҳсол; 11 ёздаҳ; 12 дувоздаҳ|нисфирӯз; 13 сездаҳ; 14 чордаҳ|чаҳордаҳ; 15 понздаҳ|панздаҳ
16 шонздаҳ; 17 ҳабдаҳ|ҳафдаҳ; 18 ҳаждаҳ; 19 нуздаҳ; 20 =бист|биступ|бистум; 24 шабонарӯз; 30 =сӣ|=си|сиюм
40 =чил|чилум; 50 панҷоҳ|=ним|нисф|=нима; 60 =шаст|шастум; 70 ҳафтод; 80 ҳаштод; 90 навад; 100 =сад|садум|=садто
1000 ҳазор; 1000000 миллион|=млн; 1000000000 миллиард|=млрд""",
    "kk": """
0 нөл|=жоқ|ешқ|ешбір; 1 =бір|=бірі|=бірін|бірінші|=біреу|=біреуі|алғаш|жалғыз
2 =екі|екінші|екеуі|екеуін|=екеу|екеуд|қос|жұп; 3 =үш|үшінші|үшеу; 4 =төрт|төртінші|төртеу; 5 =бес|бесінші|бесеу
6 =алты|алтыншы|алтау; 7 =жеті|жетінші|жетеу|апта; 8 сегіз; 9 тоғыз; 10 =он|оныншы|ондаған|=онға|=оннан
12 =түс|=түсте; 20 жиырма; 24 тәулік; 30 отыз; 40 қырық; 50 =елу|елуінші|жарты|жарым; 60 алпыс; 70 жетпіс; 80 сексен
90 тоқсан; 100 =жүз|жүзінші|жүздеген; 1000 =мың|мыңдаған|мыңыншы; 1000000 миллион|=млн; 1000000000 миллиард|=млрд""",
    "ky": """
0 нөл|=жок|=эч; 1 =бир|=бири|=бирин|биринчи|=бирөө|алгач|жалгыз; 2 =эки|экинчи|экөө|кош|жуп; 3 =үч|үчүнчү|үчөө
4 =төрт|төртүнчү|төртөө; 5 =беш|бешинчи|бешөө; 6 =алты|алтынчы|алтоо; 7 =жети|жетинчи|жетөө|апта; 8 сегиз; 9 тогуз
10 =он|онунчу|ондогон; 12 =түш|=түштө; 20 жыйырма; 24 сутка; 30 отуз; 40 кырк; 50 =элүү|элүүнчү|жарым|жарты
60 алтымыш; 70 жетимиш; 80 сексен; 90 токсон; 100 =жүз|жүзүнчү|жүздөгөн; 1000 =миң|миңдеген; 1000000 миллион|=млн
1000000000 миллиард|=млрд""",
    "uz": """
0 =nol|=yoʻq|=hech|=emas; 1 =bir|=biri|birinchi|=bitta|bittasi|ilk|yagona|yakka
2 =ikki|ikkinchi|ikkita|ikkala|ikkov|qoʻsh|juft; 3 =uch|uchta|uchinchi|uchala; 4 toʻrt; 5 =besh|beshta|beshinchi
6 =olti|oltita|oltinchi; 7 =yetti|yettita|yettinchi|hafta; 8 sakkiz; 9 toʻqqiz; 10 =oʻn|oʻnta|oʻninchi|oʻnlab
12 =tush|peshin; 20 yigirma; 24 sutka; 30 oʻttiz; 40 =qirq|qirqta; 50 =ellik|ellikta|yarim; 60 oltmish; 70 yetmish
80 sakson; 90 toʻqson; 100 =yuz|yuzta|yuzinchi|yuzlab; 1000 =ming|mingta|minglab; 1000000 million|=mln
1000000000 milliard|=mlrd""",
    "uz-Cyrl": """
0 =нол|=йўқ|=ҳеч|=эмас; 1 =бир|=бири|биринчи|=битта|биттаси|илк|ягона|якка
2 =икки|иккинчи|иккита|иккала|икков|қўш|жуфт; 3 =уч|учта|учинчи|учала; 4 тўрт; 5 =беш|бешта|бешинчи
6 =олти|олтита|олтинчи; 7 =етти|еттита|еттинчи|ҳафта; 8 саккиз; 9 тўққиз; 10 =ўн|ўнта|ўнинчи|ўнлаб; 12 =туш|пешин
20 йигирма; 24 сутка; 30 ўттиз; 40 =қирқ|қирқта; 50 =эллик|элликта|ярим; 60 олтмиш; 70 етмиш; 80 саксон; 90 тўқсон
100 =юз|юзта|юзинчи|юзлаб; 1000 =минг|мингта|минглаб; 1000000 миллион|=млн; 1000000000 миллиард|=млрд""",
    "az": """
0 =sıfır|=heç|=yox; 1 =bir|=biri|birinci|ilk|=tək|yeganə; 2 =iki|ikinci|=ikisi|ikili|=cüt|qoşa; 3 =üç|üçüncü|=üçü
4 =dörd|dördüncü; 5 =beş|beşinci; 6 =altı|altıncı; 7 =yeddi|yeddinci|həftə; 8 səkkiz; 9 doqquz
10 =on|onuncu|onlarla; 12 günorta; 20 iyirmi; 24 sutka; 30 otuz; 40 =qırx; 50 =əlli|=yarım|=yarısı; 60 altmış
70 yetmiş; 80 səksən; 90 doxsan; 100 =yüz|yüzlərlə|yüzüncü; 1000 =min|minlərlə|mininci; 1000000 milyon|=mln
1000000000 milyard|=mlrd""",
    "tk": """
0 =nol|=hiç|=ýok; 1 =bir|=biri|birinji|ilki|=ýeke; 2 =iki|ikinji|=ikisi|jübüt|goşa; 3 =üç|üçünji; 4 =dört|dördünji
5 =bäş|bäşinji; 6 =alty|altynjy; 7 =ýedi|ýedinji|hepde; 8 sekiz; 9 dokuz; 10 =on|onunjy|onlarça; 12 günortan
20 ýigrimi; 24 sutka; 30 otuz; 40 =kyrk; 50 =elli|ýarym; 60 altmyş; 70 ýetmiş; 80 segsen; 90 togsan
100 =ýüz|ýüzlerçe|ýüzünji; 1000 =müň|müňlerçe; 1000000 million|=mln; 1000000000 milliard|=mlrd""",
    "ro": """
0 =zero|=nul|nici; 1 =un|=unu|=una|=unui|=unei|=o|=unul|=prim|prima|primul|primei|întâi|singur|=odată
2 =doi|=două|=doua|dublu|dubl|=doilea|=ambele|=ambii|pereche|secund; 3 =trei|=treia|=treilea|tripl
4 =patru|=patra|=patrulea|=sfert; 5 =cinci|=cincea|=cincilea; 6 =șase|=șasea|=șaselea|=sase|=şase
7 =șapte|=șaptea|=sapte|=şapte|săptămân; 8 =opt|=opta|=optulea; 9 =nouă|=noua|=nouălea
10 =zece|=zecea|=zecelea|deceni; 11 unsprezece; 12 doisprezece|douăsprezece|duzin|amiază|=prânz; 13 treisprezece
14 paisprezece; 15 cincisprezece; 16 șaisprezece; 17 șaptesprezece; 18 optsprezece; 19 nouăsprezece; 20 douăzeci
30 treizeci; 40 patruzeci; 50 cincizeci|jumătate|jumăt; 60 șaizeci; 70 șaptezeci; 80 optzeci; 90 nouăzeci
100 =sută|=sute|=suta; 1000 =mie|=mii|=miile; 1000000 milion|milioane|=mil; 1000000000 miliard|=mld""",
    "hy": """
0 զրո|=ոչ; 1 =մեկ|մեկը|մեկի|մեկն|=մի|առաջին|միակ|եզակի; 2 երկու|երկր|=երկուսն|կրկն|զույգ; 3 երեք|երրոր|եռ
4 չորս|չորրոր|քառ; 5 հինգ; 6 վեց; 7 յոթ|շաբաթ; 8 =ութ|ութերորդ|ութը; 9 =ինը|իններորդ|=ինն; 10 =տաս|=տասը|տասներորդ
11 տասնմեկ; 12 տասներկու|կեսօր; 20 քսան; 30 երեսուն; 40 քառասուն; 50 հիսուն|կես; 60 վաթսուն; 70 յոթանասուն
80 ութսուն; 90 իննսուն; 100 հարյուր; 1000 հազար; 1000000 միլիոն|=մլն; 1000000000 միլիարդ|=մլրդ""",
    "ka": """
0 ნულ|არც|=არა; 1 =ერთი|=ერთ|ერთის|ერთხელ|პირველ; 2 =ორი|=ორ|ორივე|ორის|ორმა|ორჯერ|მეორ|წყვილ
3 =სამი|=სამ|სამის|სამჯერ|მესამ; 4 =ოთხი|=ოთხ|ოთხის|მეოთხ; 5 =ხუთი|=ხუთ|ხუთის|მეხუთ; 6 ექვს|მეექვს
7 შვიდ|მეშვიდ|კვირ; 8 =რვა|რვის|მერვ; 9 =ცხრა|ცხრის|მეცხრ; 10 =ათი|=ათ|ათის|ათობით|მეათ; 11 თერთმეტ; 12 თორმეტ|შუადღ
13 ცამეტ; 14 თოთხმეტ; 15 თხუთმეტ; 16 თექვსმეტ; 17 ჩვიდმეტ; 18 თვრამეტ; 19 ცხრამეტ; 20 =ოცი|=ოც|მეოც; 24 დღეღამ
30 ოცდაათ; 40 ორმოც; 50 ორმოცდაათ|ნახევ; 60 სამოც; 70 სამოცდაათ; 80 ოთხმოც; 90 ოთხმოცდაათ; 100 =ასი|=ას|ასობით|მეას
1000 ათას|მეათას; 1000000 მილიონ|=მლნ; 1000000000 მილიარდ|=მლრდ""",
}  # fmt: skip

_MONTHS = {
    "en": """
Jan(?:uary)? Feb(?:ruary)? Mar(?:ch)? Apr(?:il)? May June? July? Aug(?:ust)? Sept?(?:ember)? Oct(?:ober)?
Nov(?:ember)? Dec(?:ember)?""",
    "ru": """
янв(?:ар~)? февр?(?:ал~)? мар(?:т~)? апр(?:ел~)? ма[йяею]м? июн[ьяюе]?м? июл[ьяюе]?м? авг(?:уст~)?
сент?(?:ябр~)? окт(?:ябр~)? нояб?(?:р~)? дек(?:абр~)?""",
    "uk": """
січ(?:н~|ень)? лют(?:ий|ого|ому)? бер(?:ез(?:ень|н~))? квіт(?:ень|н~)? трав(?:ень|н~)? черв(?:ень|н~)?
лип(?:ень|н~)? серп(?:ень|н~)? вер(?:ес(?:ень|н~))? жовт(?:ень|н~)? лист(?:опад~)? груд(?:ень|н~)?""",
    "be": """
студ?з?(?:ен~)? лют(?:ы|ага|ым)? сак(?:авік~)? крас?(?:авік~)? ма[йяі]м? чэрв?(?:ен~)? ліп(?:ен~)?
жні(?:вен~|ўн~)? вер(?:ас~|ня)? кас(?:трычнік~)? ліс(?:тапад~)? сне|сне?ж(?:ан~|н~)?""",
    "tg": """
янв(?:ар~)? фев(?:рал~)? мар(?:т~)? апр(?:ел~)? ма[йяи]и? июн[иь]?~ июл[иь]?~ авг(?:уст~)? сен(?:тябр~)?
окт(?:ябр~)? ноя(?:бр~)? дек(?:абр~)?""",
    "kk": """
қаң(?:тар~)? ақп(?:ан~)? нау(?:рыз~)? сәу(?:ір~)? мам(?:ыр~)? мау(?:сым~)? шіл(?:де~)? там(?:ыз~)?
қыр(?:күйе~)? қаз(?:ан~)? қар(?:аша~)? жел(?:тоқсан~)?""",
    "ky": """
янв(?:ар~)?|үчтүн фев(?:рал~)?|бирдин мар(?:т~)?|жалган апр(?:ел~)?|чын май~|бугу июн~|кулжа июл~|теке
авг(?:уст~)?|баш сен(?:тябр~)?|аяк окт(?:ябр~)?|тогуздун ноя(?:бр~)?|жетинин дек(?:абр~)?|бештин""",
    "uz": """
yan(?:var~)? fev(?:ral~)? mar(?:t~)? apr(?:el~)? may~ iyu?n~ iyu?l~ avg(?:ust~)? sen(?:tabr~|tyabr~)?
okt(?:abr~|yabr~)? noy(?:abr~)? dek(?:abr~)?""",
    "uz-Cyrl": """
янв(?:ар~)? фев(?:рал~)? мар(?:т~)? апр(?:ел~)? май~ июн~ июл~ авг(?:уст~)? сен(?:тябр~)? окт(?:ябр~)?
ноя(?:бр~)? дек(?:абр~)?""",
    "az": """
yan(?:var~)? fev(?:ral~)? mar(?:t~)? apr(?:el~)? may~ [iı̇]yu?n~ [iı̇]yu?l~ avq(?:ust~)? sen(?:tyabr~)?
okt(?:yabr~)? noy(?:abr~)? dek(?:abr~)?""",
    "tk": """
ýan(?:war~)? few(?:ral~)? mart~ apr(?:el~)? ma[ýy]~ i[ýy]un~ i[ýy]ul~ awg(?:ust~)? sen(?:t[ýy]abr~)?
okt(?:[ýy]abr~)? no[ýy](?:abr~)? dek(?:abr~)?""",
    "ro": """
ian(?:uar~)? feb(?:ruar~)? mart?(?:ie~)? apr(?:il~)? mai iun(?:i~)? iul(?:i~)? aug(?:ust~)? sept?(?:embri~)?
oct(?:ombri~)? no[iv](?:embri~)? dec(?:embri~)?""",
    "hy": """
հունվ(?:ար~)?|հնվ փետ(?:րվար~)?|փտվ մա?ր(?:տ~)? ապր(?:իլ~)? մայ(?:իս~)?|մյս հուն(?:իս~)?|հնս հուլ(?:իս~)?|հլս
օգո?ս(?:տոս~)?
սեպ(?:տեմբեր~)? հոկ(?:տեմբեր~)? նոյ(?:եմբեր~)? դեկ(?:տեմբեր~)?""",
    "ka": """
იან(?:ვ~)? თებ(?:ერვ~)? მარ(?:ტ~)? აპრ(?:ილ~)? მაი(?:ს~)? ივნ(?:ის~)? ივლ(?:ის~)? აგვ(?:ისტ~)? სექ(?:ტემბ~)?
ოქტ(?:ომბ~)? ნოე(?:მბ~)? დეკ(?:ემბ~)?""",
}  # fmt: skip

_OKINA = "[ʻ‘’'`ʼ]?"
"""Uzbek oʻn, toʻrt: five signs are in use for the one letter."""
_ROMAN = re.compile(r"(?<![\w-])[IVXLCІХС]{1,7}(?![\w])")
_ROMAN_VALUES = {"I": 1, "І": 1, "V": 5, "X": 10, "Х": 10, "L": 50, "C": 100, "С": 100}
_JOINED = re.compile(r"[\s\u00a0-]+(?:and[\s]+)?")


@lru_cache(maxsize=512)
def written(text: str, language: str) -> frozenset[str]:
    """Return the numbers that words of a text may stand for, months and Roman numerals included."""
    values = {str(value) for value in _roman(text)} | {str(month) for month in months(text, language)}
    total, end = 0, -1
    for match, value in _number_words(text, language):
        values |= _meant(value)
        is_next = end >= 0 and _JOINED.fullmatch(text, end, match.start())
        total = _joined(total, value) if is_next else value
        values.add(str(total))
        end = match.end()
    return frozenset(values)


def is_cardinal(word: str, language: str) -> bool:
    """Say whether a word is a number in its plain form: one, екі, մեկ; not what begins like one."""
    pattern, _ = _word_pattern(language)
    match = pattern.match(word)
    return bool(match and match[match.lastindex or 0] == match[0] == word)


def months(text: str, language: str) -> tuple[int, ...]:
    """Return the months that a text names, 1 to 12, in its order."""
    pattern = _month_pattern(language)
    return tuple(match.lastindex or 0 for match in pattern.finditer(text)) if pattern else ()


def scale(text: str, language: str) -> int:
    """Return what a word like "million" or "тыс." multiplies the number before it by, 1 when it is no such word."""
    if text in ("k", "K"):
        return 1000
    if text == "M":
        return 1_000_000
    for _, value in _number_words(text, language):
        return value if value >= 100 else 1
    return 1


def _meant(value: int) -> frozenset[str]:
    """What a number word may say: a half is 0.5, 1/2 or 50 %, a million is 1 000 000 or the 1 of "1 mln"."""
    if value == 50:
        return frozenset({"50", "0.5", "1/2"})
    if value in (0, 12):
        return frozenset({str(value), f"{value}:00", "24:00"})
    return frozenset({str(value), "1"}) if value >= 100 else frozenset({str(value)})


def _joined(total: int, value: int) -> int:
    if value >= 100:
        return (total or 1) * value
    return total + value


def _roman(text: str) -> Iterator[int]:
    for match in _ROMAN.finditer(text):
        digits = [_ROMAN_VALUES[letter] for letter in match[0]]
        yield sum(-one if one < two else one for one, two in zip(digits, [*digits[1:], 0], strict=True))


def _number_words(text: str, language: str) -> Iterator[tuple[re.Match[str], int]]:
    pattern, values = _word_pattern(language)
    for match in pattern.finditer(text):
        yield match, values[(match.lastindex or 1) - 1]


@lru_cache(maxsize=64)
def _word_pattern(language: str) -> tuple[re.Pattern[str], tuple[int, ...]]:
    base = _known(language, _STEMS)
    rows = _STEMS.get(base, "").replace("ʻ", _OKINA)
    pairs = [row.split(maxsplit=1) for line in rows.splitlines() for row in line.split(";") if row.strip()]
    stems = [(stem, int(value)) for value, row in pairs for stem in row.split("|")]
    # Long stems first: "девятнадцать" begins with "девят".
    stems.sort(key=lambda stem: -len(stem[0]))
    ending = r"(?:s|th)?" if base == "en" else r"\w{0,6}"
    words = "|".join(_stem_pattern(stem, ending) for stem, _ in stems) or r"(?!)"
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?!\w)", re.IGNORECASE), tuple(value for _, value in stems)


def _stem_pattern(stem: str, ending: str) -> str:
    if stem[0] == "=":
        return f"({stem[1:]})"
    return rf"({stem[:-1]})\w*" if stem[-1] == "~" else f"({stem}){ending}"


@lru_cache(maxsize=64)
def _month_pattern(language: str) -> re.Pattern[str] | None:
    base = _known(language, _MONTHS)
    if not base:
        return None
    names = "|".join(f"({name})" for name in _MONTHS[base].replace("~", r"\w*").split())
    # "may" and "march" are words as well, "May" and "March" are months.
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.NOFLAG if base == "en" else re.IGNORECASE)


def _known(language: str, table: dict[str, str]) -> str:
    """Return the code of the table that a language is found under, "" when it has none."""
    parts = language.split("-")
    return next((code for code in ("-".join(parts[:2]), parts[0]) if code in table), "")
