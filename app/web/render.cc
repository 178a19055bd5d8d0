/*
 * render.cc: walks a view into a template dictionary and expands it into a buffer. The only C++.
 *
 * Not here: which page shows what. Invariants: no exception crosses into C; every name is a static
 * key (a text key takes a global lock, and two threads become slower than one); a name, once set,
 * is not copied: its text lives until the page is rendered; after render_start no file is read.
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
#include <string>

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>
#include <ctemplate/template_emitter.h>

#include "assets.h"

extern "C" {
#include "base/log.h"
#include "web/render.h"
}

/* STS_INIT opens a namespace for its initialiser, so the keys stand at global scope. */
#define RENDER_KEY(id) \
    static const ctemplate::StaticTemplateString render_key_##id = STS_INIT(render_key_##id, #id)
VIEW_NAMES(RENDER_KEY)
#undef RENDER_KEY

namespace
{

using ctemplate::TemplateDictionary;
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

const ctemplate::StaticTemplateString *const keys[] = {
#define RENDER_KEY_ADDRESS(id) &render_key_##id,
    VIEW_NAMES(RENDER_KEY_ADDRESS)
#undef RENDER_KEY_ADDRESS
};
static_assert(COUNT(keys) == NAME_COUNT, "every name has its key");

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

void
fill(TemplateDictionary *dictionary, const struct view *view, int depth)
{
    assert(depth < depth_limit);
    for (const struct view_item *item = view->first; item != nullptr; item = item->next) {
        const TemplateString key(*keys[item->name]);

        switch (item->kind) {
        case VIEW_TEXT:
            dictionary->SetValueWithoutCopy(key, TemplateString(item->text));
            break;
        case VIEW_SECTION:
            fill(dictionary->AddSectionDictionary(key), item->child, depth + 1);
            break;
        case VIEW_PART: {
            TemplateDictionary *part = dictionary->AddIncludeDictionary(key);

            part->SetFilename(page_file(item->part));
            fill(part, item->child, depth + 1);
            break;
        }
        }
    }
}

/* Template globals belong to this dictionary's tree, unlike the library's process-wide ones. */
void
fill_globals(TemplateDictionary *dictionary, const struct render_globals *globals)
{
    const struct {
        enum name name;
        const char *text;
    } values[] = {
        {NAME_CSRF, globals->csrf},   {NAME_ONCE_KEY, globals->once},
        {NAME_THEME, globals->theme}, {NAME_CSS_FILE, ASSET_CSS},
        {NAME_JS_FILE, ASSET_JS},     {NAME_ICONS_FILE, ASSET_ICONS},
        {NAME_LOGO_FILE, ASSET_LOGO},
    };

    for (const auto &value : values)
        dictionary->SetTemplateGlobalValueWithoutCopy(
            TemplateString(*keys[value.name]),
            TemplateString(value.text == nullptr ? "" : value.text));
}

} // namespace

enum err
render_start(const char *folder)
{
    try {
        std::unique_ptr<ctemplate::TemplateCache> cache(new ctemplate::TemplateCache);

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

        TemplateDictionary dictionary("page");
        BufferEmitter emitter(out);

        fill_globals(&dictionary, globals);
        fill(&dictionary, view, 0);
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
