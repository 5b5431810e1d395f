#include "reports/lesson.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "reports/escape.h"

namespace redflag::reports {
namespace {

using Node = std::unique_ptr<cmark_node, decltype(&cmark_node_free)>;

/// Registering is not thread-safe in the library; a static's initialisation is.
cmark_syntax_extension* table_extension() {
  static cmark_syntax_extension* const table = [] {
    cmark_gfm_core_extensions_ensure_registered();
    return cmark_find_syntax_extension("table");
  }();
  return table;
}

Node parse(const std::string& text) {
  const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser(
      cmark_parser_new(CMARK_OPT_DEFAULT), cmark_parser_free);
  cmark_parser_attach_syntax_extension(parser.get(), table_extension());
  cmark_parser_feed(parser.get(), text.data(), text.size());
  return {cmark_parser_finish(parser.get()), cmark_node_free};
}

std::vector<cmark_node*> nodes_of(cmark_node* root) {
  std::vector<cmark_node*> nodes;
  const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> iter(cmark_iter_new(root),
                                                                     cmark_iter_free);
  for (auto event = cmark_iter_next(iter.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iter.get())) {
    if (event == CMARK_EVENT_ENTER) nodes.push_back(cmark_iter_get_node(iter.get()));
  }
  return nodes;
}

bool leads_to_the_web(cmark_node* link) {
  const std::string_view url = cmark_node_get_url(link);
  return url.starts_with("https://") || url.starts_with("http://");
}

void replace_by_its_text(cmark_node* node) {
  while (cmark_node* child = cmark_node_first_child(node)) cmark_node_insert_before(node, child);
  cmark_node_unlink(node);
  cmark_node_free(node);
}

void adapt(cmark_node* node, int level) {
  const cmark_node_type type = cmark_node_get_type(node);
  if (type == CMARK_NODE_HEADING)
    cmark_node_set_heading_level(node, std::min(6, cmark_node_get_heading_level(node) + level - 1));
  else if (type == CMARK_NODE_IMAGE || (type == CMARK_NODE_LINK && !leads_to_the_web(node)))
    replace_by_its_text(node);
}

void remove_title(cmark_node* root) {
  cmark_node* first = cmark_node_first_child(root);
  if (first == nullptr || cmark_node_get_type(first) != CMARK_NODE_HEADING) return;
  if (cmark_node_get_heading_level(first) != 1) return;
  cmark_node_unlink(first);
  cmark_node_free(first);
}

// "<details>" with a "<summary>" on its next line is the only HTML that lessons may use: a folded
// answer. The text of the summary; nothing if `block` is no such line.
std::optional<std::string> summary_of(std::string_view block) {
  constexpr std::string_view begin = "<details>\n<summary>";
  constexpr std::string_view end = "</summary>\n";
  if (!block.starts_with(begin) || !block.ends_with(end)) return std::nullopt;
  return std::string(block.substr(begin.size(), block.size() - begin.size() - end.size()));
}

bool closes_details(std::string_view block) { return block == "</details>\n"; }

void replace_by_html(cmark_node* node, const std::string& html) {
  cmark_node* custom = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
  cmark_node_set_on_enter(custom, html.c_str());
  cmark_node_replace(node, custom);
  cmark_node_free(node);
}

// Lets pairs of <details> through that hold whole blocks; all other HTML is left out when rendered.
void keep_details(cmark_node* root) {
  cmark_node* open = nullptr;
  std::string summary;
  for (cmark_node* node = cmark_node_first_child(root); node != nullptr;) {
    cmark_node* const next = cmark_node_next(node);
    if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK) {
      const std::string block = cmark_node_get_literal(node);
      if (const auto text = summary_of(block)) {
        open = node;
        summary = *text;
      } else if (closes_details(block) && open != nullptr) {
        replace_by_html(std::exchange(open, nullptr),
                        "<details><summary>" + escape(summary) + "</summary>");
        replace_by_html(node, "</details>");
      }
    }
    node = next;
  }
}

}  // namespace

std::string lesson_html(std::string_view text, int level) {
  const Node root = parse(visible(text));
  remove_title(root.get());
  keep_details(root.get());
  for (cmark_node* node : nodes_of(root.get())) adapt(node, level);
  cmark_llist* extensions =
      cmark_llist_append(cmark_get_default_mem_allocator(), nullptr, table_extension());
  char* const html = cmark_render_html(root.get(), CMARK_OPT_DEFAULT, extensions);
  cmark_llist_free(cmark_get_default_mem_allocator(), extensions);
  std::string out = html;
  std::free(html);  // NOLINT: the library's default allocator is malloc
  return out;
}

}  // namespace redflag::reports
