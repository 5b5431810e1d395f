// The article's own tables in Markdown: its word beside what each mode saw.
#include <fmt/format.h>

#include "reports/article.h"
#include "reports/escape.h"
#include "reports/markdown_parts.h"

namespace redflag::reports {
namespace {

std::string row(const View& view, const Claim& claim) {
  const Variant* const variant = measured_by(view, claim);
  if (variant == nullptr) return {};
  std::string out =
      fmt::format("| {}<br>{} | {} |", claim.situation,
                  markdown_code(fmt::format("{}.{}", claim.scenario, claim.variant)), claim.said);
  for (const Run* run : variant->runs) out += " " + markdown_text(seen_words(view, run)) + " |";
  return out + fmt::format(" **{}** |\n", measured_words(claim, *variant));
}

std::string table_of(const View& view, const ArticleTable& article) {
  std::string rows;
  for (const Claim& claim : article.claims) rows += row(view, claim);
  if (rows.empty()) return {};
  std::string out = fmt::format("\n**{}** (article §{})\n\n| situation | the article |",
                                article.title, article.section);
  std::string rule = "|---|---|";
  for (const Column& column : view.columns) {
    out += fmt::format(" {} |", markdown_text(column.name));
    rule += "---|";
  }
  return out + " measured |\n" + rule + "---|\n" + rows;
}

}  // namespace

std::string article_markdown(const View& view) {
  std::string out;
  for (const ArticleTable& article : article_tables()) out += table_of(view, article);
  return out.empty() ? out : "\n### The article’s tables, measured\n" + out;
}

}  // namespace redflag::reports
