"""What language models say around a translation: the words they greet, refuse and explain with, by language.

The lists hold stems in all languages of the table, since a model answers in the language of the text as often as in
English. Each is used only where the source says nothing of the kind (`SAYS_...`).
"""

from __future__ import annotations

import re

TRANSLATION = (
    r"(?:translat|перевод(?!\w* строк)|перевед|перевёд|переклад|перекла[вл]|пераклад|перакла[лў]|тарҷум|тарчум|таржим"
    r"|tarjim"
    r"|tərcümə|tercüme|terjime|аудар[мғы]|котор|թարգման|თარგმან|თარგმნ|traducer|tradus|traduc)"
)
"""What "translation" and "translate" begin with in the languages of the region."""
NOTE = (
    r"(?:note|notă|nota|n\.?b|translator['’]s note|explanation|comment|примечани|прим\. ?пер|пояснени|комментари"
    r"|объяснени|эзоҳ|шарҳ|тавзеҳ|ескерту|ескертпе|түсініктеме|эскертүү|түшүндүрмө|izoh|eslatma|изоҳ|эслатма|qeyd|izah"
    r"|ծանոթագրությ|ծանոթությ|նշում|заўваг|тлумачэнн|приміт|поясненн|explicați|observați|bellik|düşündiriş|შენიშვნ"
    r"|განმარტებ)"
)
SURE = (
    r"(?:sure|certainly|of course|absolutely|okay|конечно|разумеется|безусловно|хорошо|албатта|бешубҳа|әрине|албетте"
    r"|albatta|əlbəttə|elbette|իհարկե|вядома|зразумела|канешне|звичайно|авжеж|звісно|sigur|desigur|bineînțeles|elbetde"
    r"|რა თქმა უნდა|რასაკვირველია)"
)
HERE = (
    r"(?:(?:as requested, )?(?:here(?:['’]?s| is| are| you)|below is|this is)|вот|ниже|ось|нижче|вось|ніжэй|ин аст"
    r"|ин|инак|инҷо|дар зер"
    r"|міне|төменде|мына|төмөндө|mana|quyida|мана|қуйида|budur|buyurun|aşağıda|bu|ահա|ստորև|iată|mai jos|ine|aşakda|აი"
    r"|ქვემოთ|ეს არის)"
)
SORRY = (
    r"(?:i['’]?m (?:really |very )?sorry|i am sorry|sorry|i apologi[sz]e|apologies|unfortunately|извините|простите"
    r"|прошу прощения|к сожалению|сожалею|бубахшед|мебахшед|узр|мутаассифона|бахшиш|кешіріңіз|өкінішке|ғафу"
    r"|кечиресиз|кечириңиз|тилекке каршы|өкүнүчкө|kechirasiz|uzr|afsuski|кечирасиз|афсуски|bağışlayın|üzr|təəssüf"
    r"|ներեցեք|ներողություն|կներեք|ցավոք|ցավում|прабачце|выбачайце|даруйце|на жаль|вибачте|пробачте|перепрошую"
    r"|îmi pare rău|îmi cer scuze|ne pare rău|scuze|din păcate|bagyşlaň|gynansak|ötünç|ბოდიში|სამწუხაროდ|ვწუხვარ"
    r"|უკაცრავად|მაპატიეთ)"
)
CANNOT = (
    r"(?:(?:i |we )?(?:can['’]?t|cannot|can not|am unable|['’]m unable|won['’]?t|am not able)|не мог[ул]|не смогу"
    r"|не можу"
    r"|не зможу|не магу|не змагу|наметавонам|алмаймын|албайм|ала албай|olmayman|олмайман|bilm[əi]r[əi]m|bilmer"
    r"|չեմ կարող"
    r"|nu pot|nu vă pot|bilemok|არ შემიძლია|ვერ )"
)
AI = (
    r"(?:as an? (?:ai|artificial|large|language)|\blanguage model|языков(?:ая|ой|ую) модел|искусственн\w+ интеллект"
    r"|мовн(?:а|ою|у) модел|штучн\w+ інтелект|моўн(?:ая|ай) мадэл|штучн\w+ інтэлект|модели забон|модели лисон"
    r"|зеҳни сунъ"
    r"|тілдік модел|жасанды интеллект|тилдик модел|til modeli|тил модели|sunʼ?['’ʻ]?iy intellekt|dil modeli"
    r"|süni intellekt"
    r"|լեզվական մոդել|արհեստական բանական|model(?:ul)? (?:lingvistic|de limb)|inteligență artificială|emeli aň"
    r"|ენობრივი მოდელ|ხელოვნური ინტელექტ|\bчат-?бот\b|chatgpt)"
)
CLOSING = (
    r"(?:let me know if|hope (?:this|that) helps|feel free to ask|если нужно,? (?:я )?мо|могу предложить|"
    r"would you like me to"
    r"|if you (?:need|have) any|дайте знать|надеюсь, это|если (?:вам )?нужн\w+ (?:ещ|друг|помощ|изменен|уточнен|что)"
    r"|если у вас (?:есть|возникн\w*) (?:\w+ ){0,2}(?:вопрос|пожелан|замечан|уточнен|правк)\w*"
    r"|хотите, чтобы я|обращайтесь|сподіваюся, це|якщо (?:вам )?потрібн\w+ (?:ще|інш"
    r"|допомог)"
    r"|спадзяюся, гэта|калі (?:вам )?патрэбн\w+ (?:яшчэ|дапамог)|умедворам|агар (?:шумо )?(?:кӯмаки|саволи|саволе)"
    r"|көмектес[еу]мін деп|тағы көмек|дагы жардам|yana (?:savol|yordam)|umid qilaman|umid edirəm|başqa (?:sual|kömək)"
    r"|հուսով եմ|sper că (?:te|vă|acest)|dacă (?:ai|aveți) (?:nevoie|alte)|umyt edýärin|იმედი მაქვს)"
)
ASKING = (
    r"(?:(?:please |could you )provide (?:the|more|a|some) (?:text|context|sentence|string|content|information)"
    r"|предоставьте (?:текст|больше)|пришлите текст)"
)
LABEL = (
    r"(?:output|answer|response|result|target|assistant|ai|bot|user|input|original|source(?: text)?|ответ|результат"
    r"|оригинал|исходный текст|ҷавоб|натиҷа|жауап|жооп|javob|natija|жавоб|cavab|nəticə|պատասխան|адказ|вынік"
    r"|відповідь|răspuns|rezultat|jogap|პასუხი)"
)
NAMES = (
    r"(?:(?:in )?(?:russian|tajik|kazakh|kyrgyz|uzbek|azerbaijani|armenian|belarusian|romanian|turkmen|ukrainian"
    r"|georgian|english)|(?:на )?(?:русск|таджикск|казахск|киргизск|узбекск|азербайджанск|армянск|белорусск|румынск"
    r"|туркменск|украинск|грузинск|английск)\w+(?: язык\w*)?|(?:ба )?(?:забони )?тоҷикӣ|(?:бо )?русӣ|қазақша|кыргызча"
    r"|o['ʻ‘’]zbekcha|ўзбекча|azərbaycanca|հայերեն|беларуск\w+|українськ\w+|română|türkmençe|ქართულად|ქართული|русча"
    r"|inglizcha|rusca|en|ru|tg|kk|ky|uz|az|hy|be|ro|tk|uk|ka)"
)
OPEN = r"[\s*_#>\"'«“„\[(<]*"
END = r"[\"'»”*_\])>\s]*[:：՝]"
HEADS = re.compile(
    rf"{OPEN}(?:(?:the |my |your |this )?{TRANSLATION}\w*(?: [^\n:՝]{{0,40}})?{END}|{LABEL}{END}\s|{NAMES}{END}\s"
    rf"|{NAMES}\]\s"
    rf"|{SURE}[,!.։—– -]+{HERE}?[^\n:՝.]{{0,60}}[:՝!](?=\s)|{SURE}!|{SURE}[,.][^\n:՝.]{{0,20}}{TRANSLATION}"
    rf"|{HERE}\b[^\n:՝.]{{0,40}}(?:{TRANSLATION}[^\n]{{0,40}}?[:՝\n.։]|[:՝]\s))",
    re.IGNORECASE,
)
REFUSAL = re.compile(rf"{OPEN}{SORRY}\b.{{0,90}}?{CANNOT}", re.IGNORECASE)
REFUSAL_BARE = re.compile(
    r"\bi (?:can['’]?t|cannot|am unable to|am not able to) (?:help|assist|translate|provide|fulfil|comply|do that)"
    r"|\bя не (?:могу|смогу) (?:помочь|перевести|выполнить)|\bя не можу (?:допомогти|перекласти)"
    r"|тарҷума карда наметавонам|кӯмак карда наметавонам|yordam bera olmayman|көмектесе алмаймын|жардам бере албай"
    r"|\bi don['’]?t (?:have (?:enough|any|the|access)|understand)|\b(?:text|sentence|string|phrase|input) (?:is"
    r"|appears|seems)"
    r" (?:already|to be|incomplete)|already in (?:english|russian|the target)|no translation (?:needed|required"
    r"|available)"
    r"|enough context|(?:недостаточно|без|не хватает) контекст|текст уже на |не (?:требует|нуждается в) перев"
    r"|kömək edə bilm|չեմ կարող օգնել|чем-то ещё помочь",
    re.IGNORECASE,
)
NOTES = re.compile(
    rf"(?:^|\n|[.!?։…»”\"*)]\s+|[(\[{{*_]){OPEN}{NOTE}[^\s:՝]*(?: [^\n:՝.]{{0,30}})?[:：՝]", re.IGNORECASE
)
FENCE = re.compile(
    r"\s*(?:`{3,}|~{3,})|\s*<(?:translat\w*|output|answer|text|result|response|target)>|\s*\{\s*\"?(?:translat|text"
    r"|output)"
)
ALSO = re.compile(r"[(\[](?:lit\b|literally|alternatively|букв|дословно|alternative)", re.IGNORECASE)
SAYS = re.compile(r"translat|interpret|transfer|remit|localiz|convert|transcri", re.IGNORECASE)
SAYS_NOTE = re.compile(
    r"\bnote|notice|remark|warning|caution|comment|attention|important|hint|tip\b|remember|alert|memo|explan|descri"
    r"|mark"
    r"|p\.?s\.|n\.?b\.|disclaimer|annotation|reminder",
    re.IGNORECASE,
)
SAYS_SURE = re.compile(
    r"\b(?:sure|course|certain|definite|absolute|natural|obvious|indeed|yes|ok|okay|well|right|clear|doubt|fine|good)",
    re.IGNORECASE,
)
SAYS_SORRY = re.compile(r"sorry|apolog|unfortunate|regret|pardon|excuse|oops|\bsad|forgive|afraid", re.IGNORECASE)
SAYS_HERE = re.compile(r"\bhere\b|below|follow|this is|these are|behold|look|:", re.IGNORECASE)
_MODEL = r"\bAI\b|\bLLM|\bGPT|model|intelligen|chatbot|contact|reach|\bhope|need|question|help|know"
BY = (
    r"(?:machine[- ]translat|translated (?:by|with|from|into|using)|машинн\w+ (?:перевод|переклад|пераклад)"
    r"|тарҷумаи мошин"
    r"|mashina tarjima|машиналық аударма|google translate|\bdeepl\b|ai[- ]generated)"
)
ASIDE = re.compile(rf"{AI}|{ASKING}|{ALSO.pattern}|{BY}", re.IGNORECASE)
OFFER = re.compile(CLOSING, re.IGNORECASE)
"""How a model takes its leave: only where a sentence was added, many a page says the like to its readers."""
SENTENCE_END = re.compile(r"[.!?։…](?=[\s)\]\"'»”]|$)")
ERRORS = re.compile(
    r"\W*(?:error: |null$|undefined$|none$|nan$|\[object |mymemory|query length|please select two"
    r"|invalid (?:language|api)"
    r"|too many requests|rate limit|quota"
    r"|(?:http )?(?:4\d\d|5\d\d) (?:[a-z]+ ?){1,3}$|bad gateway|internal server error)",
    re.IGNORECASE,
)
"""What translation services answer instead of a translation."""
SAYS_ERROR = re.compile(
    r"error|null|undefined|none|nan|object|invalid|limit|request|quota|gateway|query|\b[45]\d\d\b", re.IGNORECASE
)
CHOICE = re.compile(r"\s*1[.)]\s[^\n]+\n\s*2[.)]\s")
OTHER_WAY = re.compile(
    r"\n\s*\W{0,3}(?:alternativ\w*|или|або|or|variant\w*|вариант\w*|варіант\w*|нұсқа\w*)[^\n:]{0,20}:\s", re.IGNORECASE
)
QUOTES = {"[": "]", '"': '"', "«": "»", "“": "”", "„": "“”", "'": "'", "‘": "’", "‚": "‘", "`": "`", "”": "”", "’": "’"}
ANY_QUOTE = re.compile("[\"«»“”„`]|(?<![^\\W_])['‘’‚]|['‘’](?![^\\W_])")


def _beginnings(*patterns: str) -> frozenset[str]:
    """Return what the alternatives of patterns begin with, four letters at most: a test that ends most texts."""
    return frozenset(
        word[:4] for each in patterns for word in re.findall(r"(?:^|[|(])(?:\?:)?(?:\\b)?([^\W\d_]+)", each)
    )


SAYS_MODEL = re.compile(rf"{_MODEL}|{CLOSING}|{ASKING}|\bprovide\b", re.IGNORECASE)
IS_TRANSLATION = re.compile(TRANSLATION)
BEGINS_SURE = re.compile(OPEN + SURE)
BEGINS_HERE = re.compile(OPEN + HERE)
BEGINS_LABEL = re.compile(rf"{OPEN}(?:{LABEL}|{NAMES})")
BEGIN_HEADS = _beginnings(TRANSLATION, LABEL, NAMES, SURE, HERE, "as|the|my|your|this")
BEGIN_TRANSLATION = _beginnings(TRANSLATION)
BEGIN_SORRY = _beginnings(SORRY)
BEGINS_CODE = re.compile(r"\W*[45]\d\d ")
BEGIN_NOTES = _beginnings(NOTE, "nb")
BEGIN_ERRORS = _beginnings(ERRORS.pattern, "object")
BEGIN_ASIDES = _beginnings(
    AI, CLOSING, ASKING, BY, REFUSAL_BARE.pattern, ALSO.pattern, "text|sent|stri|phra|inpu|enough|уже|контекст"
) | {"ai-g", "чат-", "чатб", "suni", "sunʼ", "sun’", "sun'", "sunʻ"}
