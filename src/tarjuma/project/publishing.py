"""What comes after the splice: the edits that a site generator needs, and what depends on which pages there will be.

Compile goes over all pages twice. The first time each is spliced and its front matter made; it is known then whether
there will be a page, and where. The second time what depends on other pages is edited: links lead to pages that exist.
No edit decides whether there is a page, so that two passes are enough.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields as fields_of
from dataclasses import is_dataclass, replace
from functools import lru_cache, partial

from tarjuma import langs
from tarjuma.config.values import Publishing
from tarjuma.errors import SourceError
from tarjuma.model import Catalog, Options, Problem, Severity
from tarjuma.presets import Kind
from tarjuma.project import targets, terms
from tarjuma.project.layout import Source
from tarjuma.project.plans import Plan, left, settled
from tarjuma.project.site import Post, Project, files_below, parsed
from tarjuma.project.spread import spread
from tarjuma.project.versions import Texts, Version, View, kinds, live, read_catalog, texts, version
from tarjuma.publish import Edit, anchors, applied, links, slugs, state, urls
from tarjuma.publish import fields as page_fields
from tarjuma.publish.atlas import Atlas, Landing
from tarjuma.publish.lawful import apart, lawful
from tarjuma.publish.state import UNFINISHED, PageFacts, Published
from tarjuma.status import PageState
from tarjuma.syntax import fields

CHECK = "publish"
"""The name of what is wrong with an edit of a page."""

SOURCE = "source"
"""What a plan says is shown at the address of a post itself."""

_POSTS = frozenset({"markdown", "html", "lektor"})
"""Formats of files that are pages of their own; tables of words are none."""
_PATHS = frozenset({"slug", "_slug", "url", "permalink", "path", "save_as"})
"""Fields of which generators make the path of a page."""
_INERT = frozenset({Kind.TRANSLATE, Kind.COPY})
"""Actions that the splice has done already."""


def asks(publishing: Publishing) -> bool:
    """Say whether localized files are edited at all."""
    return bool(
        publishing.preset
        or publishing.publish_drafts
        or publishing.page_map
        or any((publishing.state, publishing.links, publishing.anchors))
        or any(action.kind not in _INERT for _, action in publishing.actions)
    )


def is_edited(view: View) -> bool:
    """Say whether a page is edited after the splice."""
    return view.document.format in _POSTS and asks(view.publishing)


# --- the first time ---------------------------------------------------------------------------------------------------


def begun(view: View, found: Version, problems: tuple[Problem, ...], taken: Collection[str] = ()) -> Plan:
    """Return the plan of a page that is spliced: its front matter is made, and its address known.

    `taken` are the slugs that other pages beside it have.
    """
    if found.is_outdated:
        return _outdated(view, found, problems)
    about = facts(view, found)
    front = _front(view, found, about, taken)
    edits = front.edits
    content = applied(found.content, edits)
    said = _at(_fields(content, view.post), _state_field(view.publishing)).get("state")
    if found.state is Published.MT and said != Published.MT:
        return _without_drafts(view, (*problems, *front.problems))
    about = replace(about, url=_url(view, content))
    made = replace(found, edits=edits, facts=about)
    problems += (*front.problems, *_ways_out(view.target, _fields(content, view.post)))
    return Plan(view.target, PageState.READY, problems=problems, version=made, shown=found.state, url=about.url)


def _without_drafts(view: View, problems: tuple[Problem, ...]) -> Plan:
    """The plan of a page that cannot say that it holds drafts, and so must not hold any."""
    plain = replace(view, texts=Texts(view.texts.reviewed))
    found, _ = version(plain)
    if found and not found.is_outdated:
        return begun(plain, found, problems)
    return known(view.project, view.post, view.code, Plan(view.target, left(plain), problems=problems))


def _outdated(view: View, found: Version, problems: tuple[Problem, ...]) -> Plan:
    """The page as it is, which says that its source was edited."""
    kept = known(view.project, view.post, view.code, Plan(view.target, PageState.OUT_OF_DATE, problems=problems))
    key = _state_field(view.publishing)
    note = _at(_fields(found.content, view.post), key)
    # texts may be missing although the source is the same: somebody marked them as unsure
    is_same = note.get("hash") == state.digest(view.document.source)
    if is_same or not says_state(view.publishing, view.code) or (view.document.format == "html" and not note):
        return kept
    try:
        fitted = fields.patches(found.content, view.document.options, {f"{key}.state": str(Published.OUTDATED)})
    except ValueError:
        return kept
    edits = [Edit("field l10n.state", patch.start, patch.end, patch.after) for patch in fitted.patches]
    plan = settled(view, found, applied(found.content, edits), problems)
    return replace(plan, shown=str(Published.OUTDATED), url=kept.url)


def known(project: Project, post: Post, code: str, plan: Plan) -> Plan:
    """Return the plan of a file that stays as it is, with what readers find there, and where."""
    publishing = project.config.publishing_for(post.source.root)
    if not asks(publishing) or (content := project.bytes_of(plan.path)) is None:
        return plan
    record = project.manifest.pages.get(plan.path)
    found = _fields(content, post)
    said = _at(found, _state_field(publishing)).get("state")
    guess = Published.OUTDATED if plan.state is PageState.OUT_OF_DATE else Published.COMPLETE
    if record and record.share < 100:
        guess = Published.MT if record.has_drafts else Published.MIXED if record.share else Published.FALLBACK
    address = urls.url(urls.templates(publishing, post.source.path)[1], place(project, post, code), found)
    return replace(plan, shown=str(said or guess), url=address)


def source(project: Project, post: Post) -> Iterator[Plan]:
    """Yield what is known about a post itself, its address; nothing where no page is edited."""
    publishing = project.config.publishing_for(post.source.root)
    if post.document and post.document.format in _POSTS and asks(publishing):
        address = _source_url(project, post, publishing)
        faults = tuple(_ways_out(post.source.path, _fields(post.document.source, post)))
        yield Plan(post.source.path, PageState.NONE, shown=SOURCE, url=address, problems=faults)


def _ways_out(path: str, found: Mapping[str, object]) -> Iterator[Problem]:
    """Fields of which the generator would make a path out of the site's folder."""
    for key in found:
        if key.lower() in _PATHS and (fault := targets.slug_fault(found[key], key.lower())):
            yield Problem(targets.CHECK, Severity.ERROR, path, fault)


def _front(view: View, found: Version, known: PageFacts, taken: Collection[str]) -> page_fields.Front:
    publishing = view.publishing
    if view.code in publishing.publish_drafts:
        publishing = replace(publishing, state=True)
    existing = view.now if view.is_ours else None
    words = terms.published(view.project, view.post.source.root, view.code)
    return page_fields.front(found.content, view.document, publishing, known, words, existing, taken)


def facts(view: View, found: Version) -> PageFacts:
    """Return what is known about a page that is made now."""
    publishing, post = view.publishing, view.post
    spelled = _spelled(publishing, view.project, view.code)
    return PageFacts(
        source=below(post.source),
        path=view.target,
        root=post.source.root.folder,
        language=view.project.languages[view.code],
        spelled=spelled,
        url=_url(view, found.content),
        source_url=_source_url(view.project, post, publishing),
        state=found.state,
        hash=state.digest(view.document.source),
        percent=found.reviewed,
        translated=_translated(view, found),
        is_unlisted=found.state in UNFINISHED and not publishing.index_drafts,
        title=_title(_fields(found.content, post)),
    )


def says_state(publishing: Publishing, code: str) -> bool:
    """Say whether pages of a language tell their state; drafts are never published without it."""
    return publishing.state or code in publishing.publish_drafts


def below(source: Source) -> str:
    """Return the path of a post below its root."""
    folder = source.root.folder
    return source.path[len(folder) + 1 :] if folder else source.path


def place(project: Project, post: Post, code: str = "") -> urls.Place:
    """Return what the address of a post is made of, or that of its page in a language."""
    root = post.source.root
    publishing = project.config.publishing_for(root)
    own = _spelled(publishing, project, root.language)
    return urls.Place(below(post.source), root.folder, _spelled(publishing, project, code) if code else "", own)


def _translated(view: View, found: Version) -> str:
    """The day of the translation; that on the page as long as it is made from the same texts."""
    record = view.record
    if view.now is not None and record and view.is_ours and record.inputs == found.inputs:
        said = _at(_fields(view.now, view.post), _state_field(view.publishing)).get("translated")
        if said:
            return str(said)
    return found.translated


def _url(view: View, content: bytes) -> str:
    template = urls.templates(view.publishing, view.post.source.path)[1]
    found = _fields(content, view.post)
    return urls.url(template, place(view.project, view.post, view.code), found, _slug_field(view.publishing))


def _source_url(project: Project, post: Post, publishing: Publishing) -> str:
    assert post.document
    template = urls.templates(publishing, post.source.path)[0]
    found = _fields(post.document.source, post)
    if publishing.preset and publishing.preset.pelican:  # it makes slugs of titles, not of file names
        found = {**found, "slug": slugs.of_source(found, below(post.source), publishing.preset)}
    return urls.url(template, place(project, post), found, _slug_field(publishing))


def _slug_field(publishing: Publishing) -> str:
    return publishing.preset.slug_field if publishing.preset else "slug"


def _state_field(publishing: Publishing) -> str:
    return publishing.preset.state_field if publishing.preset else "l10n"


def _spelled(publishing: Publishing, project: Project, code: str) -> str:
    return publishing.preset.spell(langs.language(code)) if publishing.preset else code


def _fields(content: bytes, post: Post) -> Mapping[str, object]:
    """The front matter of a page; empty where it cannot be read."""
    return _front_matter(content, post.document.options) if post.document else {}


@lru_cache(maxsize=8)
def _front_matter(content: bytes, options: Options) -> Mapping[str, object]:
    try:
        return fields.read(content, options)
    except (ValueError, SourceError):
        return {}


def _at(found: Mapping[str, object], key: str) -> Mapping[str, object]:
    """The table on a key path; empty where there is none. Pelican's and Lektor's stand field by field."""
    value: object = found
    for step in key.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    flat = {name.removeprefix(f"{key}_"): each for name, each in found.items() if name.startswith(f"{key}_")}
    return value if isinstance(value, Mapping) else flat


def _title(found: Mapping[str, object]) -> str:
    title = next((value for key, value in found.items() if key.lower() == "title"), "")
    return title if isinstance(title, str) else ""


# --- the second time --------------------------------------------------------------------------------------------------


def finished(project: Project, plans: list[Plan], extent: bytes, *, may_skip: bool) -> tuple[list[Plan], bytes]:
    """Return the plans with all pages edited, and a name of everything that their edits depend on.

    `extent` is that of the run before: where it is the same, pages that were skipped the first time are current.
    """
    if not any(map(asks, kinds(project))):
        return plans, b""
    plans = with_own_addresses(project, plans)
    places, files = _atlas(project, plans)
    now = _extent(project, places, files)
    is_same = may_skip and now == extent
    domains = {source.path: source.domain for source in project.sources}
    groups: dict[str, list[int]] = defaultdict(list)
    for number, plan in enumerate(plans):
        if plan.version or (not is_same and _is_skipped(plan)):
            groups[domains[plan.source]].append(number)

    def work(domain: str) -> list[Plan]:
        return list(_second(project, domain, [plans[number] for number in groups[domain]], places))

    done = list(plans)
    for number, (domain, found) in enumerate(zip(groups, spread(work, list(groups)), strict=True)):
        project.progress("publishing", number, len(groups))
        for place_, plan in zip(groups[domain], found, strict=True):
            done[place_] = plan
    project.progress("publishing", len(groups), len(groups))
    return done, now


def with_own_addresses(project: Project, plans: list[Plan]) -> list[Plan]:
    """The plans where no slug that is made now is that of another page in the same place."""
    first: dict[tuple[str, str], Plan] = {}
    for plan in sorted(plans, key=lambda plan: plan.version is not None):
        if plan.source and plan.shown and plan.url:
            first.setdefault((plan.code, plan.url), plan)
    found = list(plans)
    for number, plan in enumerate(plans):
        other = first.get((plan.code, plan.url))
        if plan.version and other and other is not plan and project.bytes_of(plan.path) is None:
            found[number] = _elsewhere(project, plan, first)
            first.setdefault((plan.code, found[number].url), found[number])
    return found


def _elsewhere(project: Project, plan: Plan, first: Mapping[tuple[str, str], Plan]) -> Plan:
    """The same page under a slug that no other one has."""
    assert plan.version
    post = project.post(next(source for source in project.sources if source.path == plan.source))[0]
    assert post.document
    view = View(project, post, post.document, plan.code, None, Texts({}))
    taken = {url.rstrip("/").rpartition("/")[2].partition(".")[0] for code, url in first if code == plan.code}
    made = begun(view, replace(plan.version, edits=(), facts=None), plan.problems, taken)
    return replace(made, source=plan.source, code=plan.code)


def _is_skipped(plan: Plan) -> bool:
    """Whether a page was taken to be current without a look at it."""
    return bool(plan.source and plan.shown and plan.page is None and plan.state is PageState.CURRENT)


def _second(project: Project, domain: str, plans: list[Plan], atlas: Atlas) -> Iterator[Plan]:
    """Edit the pages of a catalog's posts."""
    posts = {post.source.path: post for post in project.posts_of(domain)}
    usable: dict[str, tuple[Catalog | None, Texts]] = {}
    for plan in plans:
        post = posts[plan.source]
        assert post.document
        if not plan.version and plan.code not in usable:
            catalog, _ = read_catalog(project, domain, plan.code)
            usable[plan.code] = catalog, texts(project, plan.code, live(catalog))
        view = View(project, post, post.document, plan.code, *usable.get(plan.code, (None, Texts({}))))
        yield replace(_edited(view, plan, atlas), source=plan.source, code=plan.code)


def _edited(view: View, plan: Plan, atlas: Atlas) -> Plan:
    if not plan.version:
        if not is_edited(view):
            return plan
        found, problems = version(view)
        if not found or found.is_outdated:
            return plan
        plan = begun(view, found, problems)
    found = plan.version
    assert found
    kept, refused = edits(view, found, atlas)
    problems = tuple(_refused(view, edit) for edit in refused)
    made = settled(view, found, applied(found.content, kept), (*plan.problems, *problems))
    return replace(made, shown=plan.shown, url=plan.url)


def edits(view: View, found: Version, atlas: Atlas) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """Return the edits of a page that was `begun`, and those that are left out because they would change more."""
    assert found.facts
    spliced, document = found.content, view.document
    read = partial(parsed, path=document.path, options=document.options, name=document.format)
    return lawful(spliced, apart((*found.edits, *_body_edits(view, spliced, found.facts, atlas))), read)


def atlas(project: Project, plans: Iterable[Plan]) -> Atlas:
    """Return where everything is after a run that makes these plans, the first time."""
    return _atlas(project, plans)[0]


def _body_edits(view: View, spliced: bytes, about: PageFacts, atlas: Atlas) -> Iterator[Edit]:
    publishing, preset = view.publishing, view.publishing.preset
    yield from links.edits(view.document, spliced, about, atlas, publishing)
    if publishing.anchors and preset:
        yield from anchors.edits(view.document, spliced, preset.anchors, preset.slugger)


def _refused(view: View, edit: Edit) -> Problem:
    message = f"the edit `{edit.name}` is left out: it would change more of the page than it says"
    return Problem(CHECK, Severity.WARNING, view.target, message, language=view.code)


def _atlas(project: Project, plans: Iterable[Plan]) -> tuple[Atlas, frozenset[str]]:
    """Where everything is after this run, and the files that are no posts."""
    places: dict[str, str] = {}
    landings: dict[tuple[str, str], Landing] = {}
    for plan in plans:
        if plan.shown == SOURCE:
            places[plan.path] = plan.url
        elif plan.source and plan.shown:
            landings[plan.source, plan.code] = Landing(plan.path, plan.url)
    if not any(each.links for each in kinds(project)):
        return Atlas(places, landings), frozenset()
    ours = {landing.path for landing in landings.values()} | project.manifest.pages.keys()
    maps = {each.page_map for each in kinds(project)}
    files = frozenset(files_below(project.config)) - ours - places.keys() - maps
    return Atlas(places, landings, files.__contains__), files


def _extent(project: Project, atlas: Atlas, files: frozenset[str]) -> bytes:
    """A name of what pages depend on besides their own source and texts."""
    digest = hashlib.sha256()
    for each in kinds(project):
        digest.update(_said(each).encode("utf-8", "surrogateescape"))
    for part in (sorted(atlas.sources.items()), sorted(atlas.landings.items()), sorted(files)):
        digest.update(repr(part).encode("utf-8", "surrogateescape"))
    for root in project.config.roots:
        for code in root.languages:
            words = sorted(terms.published(project, root, code).items(), key=repr)
            digest.update(repr(words).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16].encode() + b"\n"


def _said(value: object) -> str:
    """What a configuration says, the same in every run: functions are left to the code's own name."""
    if is_dataclass(value) and not isinstance(value, type):
        return repr([(each.name, _said(getattr(value, each.name))) for each in fields_of(value)])
    if callable(value):
        return ""
    if isinstance(value, frozenset | set):
        return repr(sorted(map(_said, value)))
    if isinstance(value, Mapping):
        return repr([(_said(key), _said(each)) for key, each in value.items()])
    if isinstance(value, tuple | list):
        return repr([_said(each) for each in value])
    return repr(value)
