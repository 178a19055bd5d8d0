/*
 * isv_partner_pages.c: finding a selling partner.
 *
 * Not here: who is listed (store/partners), who may be the partner (core/check). Invariant: of an
 * account that is not eligible no more is told than its seller ID answers on the setup form.
 */
#include "pages/isv_partner_pages.h"

#include "actions/isv.h"
#include "base/text.h"
#include "core/check.h"
#include "pages/account_view.h"
#include "pages/conflict.h"
#include "pages/isv_pages.h"
#include "pages/isv_view.h"
#include "pages/lists.h"
#include "pages/parts.h"
#include "store/partners.h"
#include "web/form.h"

#define PARTNERS_HREF "/isv/partners"

/* A list as it was asked for. */
struct asked {
    const char *path;   /* of its page */
    const char *search; /* as typed */
    struct partner_page page;
    bool stale; /* the cursor led nowhere: this is the first page */
};

static enum err
asked_load(struct exchange *x, const char *path, struct asked *asked)
{
    const char *before = queried(x, "before");
    const char *search = search_typed(x->arena, shown(x, "q", queried(x, "q")));
    struct partner_query query = {
        .isv = x->who.publisher,
        .search = text_fold(x->arena, search),
        .cursor = *before == '\0' ? queried(x, "after") : before,
        .backward = *before != '\0',
    };
    enum err outcome = partners_page(x->db, x->arena, &query, &asked->page);

    asked->path = path;
    asked->search = search;
    asked->stale = outcome == ERR_INVALID ||
                   (outcome == OK && *query.cursor != '\0' && asked->page.count == 0);
    if (!asked->stale)
        return outcome;
    query.cursor = "";
    query.backward = false;
    return partners_page(x->db, x->arena, &query, &asked->page);
}

static const char *
page_href(struct exchange *x, const struct asked *asked, const char *side, const char *cursor)
{
    const char *search = *asked->search == '\0'
                             ? ""
                             : arena_format(x->arena, "q=%s&", url_encode(x->arena, asked->search));

    return arena_format(x->arena, "%s?%s%s=%s", asked->path, search, side,
                        url_encode(x->arena, cursor));
}

static void
pager_view(struct exchange *x, struct view *view, const struct asked *asked)
{
    const struct partner_page *page = &asked->page;
    struct view *pages;

    if (!page->before && !page->after)
        return;
    pages = view_section(view, NAME_HAS_PAGES);
    if (page->before)
        view_text(view_section(pages, NAME_NEWER), NAME_NEWER_HREF,
                  page_href(x, asked, "before", page->rows[0].cursor));
    if (page->after)
        view_text(view_section(pages, NAME_OLDER), NAME_OLDER_HREF,
                  page_href(x, asked, "after", page->rows[page->count - 1].cursor));
}

/* The list; adding: each partner has its button. */
static void
list_view(struct exchange *x, struct view *view, const struct asked *asked, bool adding)
{
    struct view *found;

    view_text(view, NAME_SEARCH_ACTION, asked->path);
    view_text(view, NAME_QUERY, asked->search);
    if (asked->stale)
        part_notice(view, NAME_NOTICE, "info", "info", "The list has changed.",
                    "This is its first page.");
    if (asked->page.count == 0) {
        found = view_section(view, NAME_NOT_FOUND);
        view_text(found, NAME_NOT_FOUND_TEXT,
                  *asked->search == '\0'
                      ? "No selling partner is eligible yet"
                      : arena_format(x->arena, "No eligible selling partner matches “%s”",
                                     asked->search));
        if (*asked->search != '\0')
            view_show(found, NAME_CLEAR);
        return;
    }
    found = view_section(view, NAME_FOUND);
    if (adding)
        view_show(found, NAME_ADD_COLUMN);
    for (size_t i = 0; i < asked->page.count; i++) {
        const struct partner_line *line = &asked->page.rows[i];
        struct view *row = view_section(found, NAME_ROW);

        view_text(row, NAME_ROW_NAME, line->name);
        view_text(row, NAME_ROW_ID, line->id);
        view_text(row, NAME_ROW_COUNTRY, country_words(line->location));
        if (adding)
            view_show(row, NAME_ROW_ADD);
    }
    pager_view(x, found, asked);
}

enum err
isv_partners_get(struct exchange *x)
{
    struct view *view = show(x, PAGE_PARTNERS, "Selling partners");
    struct asked asked;

    TRY(asked_load(x, PARTNERS_HREF, &asked));
    head_lead(part_head(x, view, "Selling partners"),
              "Companies that can take a private offer from you now");
    list_view(x, view, &asked, false);
    return OK;
}

/* The same list under a draft, with what was wrong with the partner chosen before. */
static enum err
partner_show(struct exchange *x)
{
    struct offer offer;
    struct asked asked;
    struct view *view;
    struct view *adding;
    const char *metas[1] = {NULL};

    TRY(isv_offer_for(x, MOVE_EDIT, &offer));
    TRY(isv_changes_parts(x, &offer));
    TRY(asked_load(x, isv_href(x, &offer, "/partner"), &asked));
    if (*offer.partner_name != '\0')
        metas[0] = arena_format(x->arena, "With %s now", offer.partner_name);
    view = show(x, PAGE_PARTNERS, "Find a selling partner");
    isv_head(x, view, &offer, "Find a selling partner", metas, COUNT(metas));
    part_not_saved(x, view);
    part_summary(x, view, "");
    adding = view_section(view, NAME_ADDING);
    view_text(adding, NAME_FORM_ACTION, isv_href(x, &offer, "/partner"));
    part_rev(x, adding, offer_rev(x->arena, &offer, PARTY_ISV));
    list_view(x, view, &asked, true);
    view_text(view_section(view, NAME_CANCEL), NAME_CANCEL_HREF,
              isv_href(x, &offer, "/setup#s-partner"));
    return OK;
}

enum err
isv_partner_get(struct exchange *x)
{
    return partner_show(x);
}

enum err
isv_partner_ask(struct exchange *x, const char *seller)
{
    struct publisher partner;
    const char *refusal = "Enter your partner’s seller ID";

    if (*seller != '\0') {
        enum err outcome = publisher_by_id(x->db, x->arena, seller, &partner);

        if (outcome != OK && outcome != ERR_ABSENT)
            return outcome;
        refusal = partner_refusal(outcome == OK ? &partner : NULL, x->who.publisher);
    }
    if (refusal != NULL)
        problem_add(x->problems, fields[FIELD_PARTNER].name, "%s", refusal);
    return OK;
}

/* The one answer of this form; everything else of the draft stays as it is. */
static const char *
get_seller(void *context, const char *name)
{
    return text_equal(name, fields[FIELD_PARTNER].name) ? posted(context, name) : NULL;
}

enum err
isv_partner_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = {x, get_seller};
    const struct draft_edit nothing = {.remove_partner = false};
    const char *offer = path_param(x, "offer");
    enum err outcome;

    TRY(isv_partner_ask(x, posted(x, fields[FIELD_PARTNER].name)));
    outcome = action_draft_save(&act, offer, posted(x, "rev"), &answers, &nothing, x->problems);
    if (outcome == ERR_INVALID)
        TRY(partner_show(x));
    TRY(conflict_or(x, outcome, "setup"));
    return redirect(x, "/isv/offers/%s/setup?done=partner-added#s-partner", offer);
}
