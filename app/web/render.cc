/*
 * render.cc: shows a view to the template library as the dictionary it asks. The only C++.
 *
 * Not here: which page shows what. Invariants: no exception crosses into C; nothing of a view is
 * copied: it is read where it stands while the page is made; after render_start no file is read and
 * no name is hashed (a text key takes a global lock, and two threads become slower than one).
 *
 * Plain text (of mails) is left as it is. Templates are stripped of blank lines, and of lines that
 * hold nothing but one section mark, include or comment. Not of all white space: that removes line
 * ends too, which glues the words of neighbouring lines together and eats the line break after a
 * textarea's tag, without which a browser swallows the first line break of what the person typed.
 */
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary_interface.h>
#include <ctemplate/template_emitter.h>

#include "assets.h"

extern "C" {
#include "base/log.h"
#include "web/render.h"
}

namespace
{

using ctemplate::TemplateDictionaryInterface;
using ctemplate::TemplateString;

ctemplate::Strip
strip_of(const std::string &file)
{
    bool plain = file.size() > 4 && file.compare(file.size() - 4, 4, ".txt") == 0;

    return plain ? ctemplate::DO_NOT_STRIP : ctemplate::STRIP_BLANK_LINES;
}

/* Made whole by render_start, only read afterwards. Ours rather than the library's default one,
 * which, once frozen, can never load again: a test renders templates of its own. */
ctemplate::TemplateCache *templates;

/* Deeper than any template nests; a view that contains itself stops here. */
const int depth_limit = 16;

/* The library knows a name by a hash of its text, which its templates keep and which it gives to
 * those who name its namespace. From there to our enum: open addressing, made by render_start. */
const size_t slot_count = 4096;
static_assert(NAME_COUNT < slot_count / 2, "most slots are free");
struct slot {
    ctemplate::TemplateId id;
    enum name name;
    bool taken;
} slots[slot_count];

struct slot *
slot_of(ctemplate::TemplateId id)
{
    size_t at = id % slot_count;

    while (slots[at].taken && slots[at].id != id)
        at = (at + 1) % slot_count;
    return &slots[at];
}

void
names_learn()
{
    for (int i = 0; i < NAME_COUNT; i++) {
        enum name name = static_cast<enum name>(i);
        ctemplate::TemplateId id = GlobalIdForSTS_INIT(TemplateString(name_text(name)));
        struct slot *slot = slot_of(id);

        assert(!slot->taken || slot->name == name);
        *slot = {id, name, true};
    }
}

/* NAME_COUNT for a name that only a template knows. */
enum name
name_of(const TemplateString &text)
{
    const struct slot *slot = slot_of(GlobalIdForSTS_INIT(text));

    return slot->taken ? slot->name : NAME_COUNT;
}

class BufferEmitter : public ctemplate::ExpandEmitter
{
  public:
    explicit BufferEmitter(struct buffer *buffer) : buffer_(buffer)
    {
    }
    void
    Emit(char c) override
    {
        buffer_put(buffer_, &c, 1);
    }
    void
    Emit(const std::string &text) override
    {
        buffer_put(buffer_, text.data(), text.size());
    }
    void
    Emit(const char *text) override
    {
        buffer_text(buffer_, text);
    }
    void
    Emit(const char *text, size_t length) override
    {
        buffer_put(buffer_, text, length);
    }

  private:
    struct buffer *const buffer_;
};

/* What every template sees, however deep. */
struct everywhere {
    enum name name;
    const char *text;
};
const size_t everywhere_count = 7;

/* A view, and the views around it, whose names its templates see too; a part has none around it. */
class Shown : public TemplateDictionaryInterface
{
  public:
    Shown(const struct view *view, const Shown *around, const struct everywhere *everywhere,
          int depth)
        : view_(view), around_(around), everywhere_(everywhere), depth_(depth)
    {
        assert(depth < depth_limit);
    }

    TemplateString GetValue(const TemplateString &variable) const override;
    bool IsHiddenSection(const TemplateString &section) const override;
    bool IsUnhiddenSection(const TemplateString &section) const override;
    bool IsHiddenTemplate(const TemplateString &part) const override;
    const char *GetIncludeTemplateName(const TemplateString &part, int number) const override;
    Iterator *CreateTemplateIterator(const TemplateString &part) const override;
    Iterator *CreateSectionIterator(const TemplateString &section) const override;
    void DumpToString(std::string *out, int level) const override;

  private:
    class Each;

    static const struct view_item *
    first(const struct view_item *item, enum view_kind kind, enum name name)
    {
        while (item != nullptr && (item->name != name || item->kind != kind))
            item = item->next;
        return item;
    }

    static const struct view_item *
    first_of(const struct view *view, enum view_kind kind, enum name name)
    {
        return view_may_have(view, name) ? first(view->first, kind, name) : nullptr;
    }

    Iterator *each(enum view_kind kind, enum name name) const;

    /* The innermost view that has such an item; nullptr. */
    const Shown *
    where(enum view_kind kind, enum name name) const
    {
        for (const Shown *at = this; at != nullptr; at = at->around_) {
            if (first_of(at->view_, kind, name) != nullptr)
                return at;
        }
        return nullptr;
    }

    const struct view *const view_;
    const Shown *const around_;
    const struct everywhere *const everywhere_;
    const int depth_;
};

/* The showings of one section, or the parts of one include, in their order. */
class Shown::Each : public Shown::Iterator
{
  public:
    Each(const Shown *owner, enum view_kind kind, enum name name)
        : owner_(owner), kind_(kind), name_(name),
          item_(owner == nullptr ? nullptr : first_of(owner->view_, kind, name))
    {
    }
    bool
    HasNext() const override
    {
        return item_ != nullptr;
    }
    const TemplateDictionaryInterface &
    Next() override
    {
        shown_.emplace(item_->child, kind_ == VIEW_PART ? nullptr : owner_,
                       owner_->everywhere_, owner_->depth_ + 1);
        item_ = first(item_->next, kind_, name_);
        return *shown_;
    }

  private:
    const Shown *const owner_;
    const enum view_kind kind_;
    const enum name name_;
    const struct view_item *item_;
    std::optional<Shown> shown_;
};

TemplateDictionaryInterface::Iterator *
Shown::each(enum view_kind kind, enum name name) const
{
    return new Each(where(kind, name), kind, name);
}

TemplateString
Shown::GetValue(const TemplateString &variable) const
{
    enum name name = name_of(variable);

    for (const Shown *at = this; at != nullptr; at = at->around_) {
        const struct view_item *item = first_of(at->view_, VIEW_TEXT, name);

        if (item != nullptr)
            return TemplateString(item->text);
    }
    for (size_t i = 0; i < everywhere_count; i++) {
        if (everywhere_[i].name == name)
            return TemplateString(everywhere_[i].text);
    }
    return TemplateString("", 0);
}

bool
Shown::IsHiddenSection(const TemplateString &section) const
{
    return where(VIEW_SECTION, name_of(section)) == nullptr;
}

bool
Shown::IsUnhiddenSection(const TemplateString &section) const
{
    return !IsHiddenSection(section);
}

bool
Shown::IsHiddenTemplate(const TemplateString &part) const
{
    return where(VIEW_PART, name_of(part)) == nullptr;
}

const char *
Shown::GetIncludeTemplateName(const TemplateString &part, int number) const
{
    enum name name = name_of(part);
    const Shown *at = where(VIEW_PART, name);
    const struct view_item *item =
        at == nullptr ? nullptr : first_of(at->view_, VIEW_PART, name);

    for (; item != nullptr && number > 0; number--)
        item = first(item->next, VIEW_PART, name);
    return item == nullptr ? "" : page_file(item->part);
}

TemplateDictionaryInterface::Iterator *
Shown::CreateTemplateIterator(const TemplateString &part) const
{
    return each(VIEW_PART, name_of(part));
}

TemplateDictionaryInterface::Iterator *
Shown::CreateSectionIterator(const TemplateString &section) const
{
    return each(VIEW_SECTION, name_of(section));
}

/* For debugging with the library's own tools, which nobody does. */
void
Shown::DumpToString(std::string *, int) const
{
}

const char *
or_empty(const char *text)
{
    return text == nullptr ? "" : text;
}

} // namespace

enum err
render_start(const char *folder)
{
    try {
        std::unique_ptr<ctemplate::TemplateCache> cache(new ctemplate::TemplateCache);

        names_learn();
        if (!cache->SetTemplateRootDirectory(folder)) {
            log_line("template_folder_refused", "folder=\"%s\"", folder);
            return ERR_BROKEN;
        }
        for (int page = 0; page < PAGE_COUNT; page++) {
            const char *file = page_file(static_cast<enum page>(page));

            if (!cache->LoadTemplate(file, strip_of(file))) {
                log_line("template_refused", "file=\"%s/%s\"", folder, file);
                return ERR_BROKEN;
            }
        }
        cache->Freeze();
        delete templates;
        templates = cache.release();
        return OK;
    } catch (...) {
        log_line("template_library_failed", "step=start");
        return ERR_BROKEN;
    }
}

enum err
render(enum page page, const struct view *view, const struct render_globals *globals,
       struct buffer *out)
{
    try {
        assert(templates != nullptr);

        const struct everywhere everywhere[everywhere_count] = {
            {NAME_CSRF, or_empty(globals->csrf)},
            {NAME_ONCE_KEY, or_empty(globals->once)},
            {NAME_THEME, or_empty(globals->theme)},
            {NAME_CSS_FILE, ASSET_CSS},
            {NAME_JS_FILE, ASSET_JS},
            {NAME_ICONS_FILE, ASSET_ICONS},
            {NAME_LOGO_FILE, ASSET_LOGO},
        };
        Shown dictionary(view, nullptr, everywhere, 0);
        BufferEmitter emitter(out);

        if (!templates->ExpandNoLoad(page_file(page), strip_of(page_file(page)), &dictionary,
                                     nullptr, &emitter)) {
            log_line("render_failed", "file=\"%s\"", page_file(page));
            return ERR_BROKEN;
        }
        if (out->full) {
            log_line("render_too_long", "file=\"%s\"", page_file(page));
            return ERR_BROKEN;
        }
        return OK;
    } catch (...) {
        log_line("template_library_failed", "step=render");
        return ERR_BROKEN;
    }
}
