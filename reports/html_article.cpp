// The article's own tables, a section of the report: its word beside what each mode saw.
#include <fmt/format.h>

#include "reports/article.h"
#include "reports/escape.h"
#include "reports/html_parts.h"

namespace redflag::reports {
namespace {

std::string claim_cell(const View& view, const Column& column, const Run* run) {
  return fmt::format("<td data-label=\"{}\">{}</td>", escape(column.name),
                     escape(seen_words(view, run)));
}

std::string claim_verdict(const Claim& claim, const Variant& variant) {
  const auto safe = found_safe(variant);
  return fmt::format(R"(<td class="{}" data-label="measured"><b>{}</b></td>)",
                     !safe   ? "none"
                     : *safe ? "ok"
                             : "bad",
                     measured_words(claim, variant));
}

std::string claim_row(const View& view, const Claim& claim) {
  const Variant* const variant = measured_by(view, claim);
  if (variant == nullptr) return {};
  std::string out = fmt::format(
      "<tr><th scope=\"row\">{}<span class=\"name\"><a href=\"#{}\">{}.{}</a></span></th>"
      "<td data-label=\"the article\">{}</td>",
      claim.situation, scenario_id(claim.scenario), name_html(claim.scenario),
      name_html(claim.variant), claim.said);
  for (std::size_t i = 0; i < view.columns.size(); ++i)
    out += claim_cell(view, view.columns[i], variant->runs[i]);
  return out + claim_verdict(claim, *variant) + "</tr>\n";
}

std::string table_of(const View& view, const ArticleTable& article) {
  std::string rows;
  for (const Claim& claim : article.claims) rows += claim_row(view, claim);
  if (rows.empty()) return {};
  std::string head = R"(<th scope="col">Situation</th><th scope="col">The article</th>)";
  for (const Column& column : view.columns)
    head += fmt::format(R"(<th scope="col">{}</th>)", escape(column.name));
  return fmt::format(
      "<h3>{} <small>article §{}</small></h3>\n<table class=\"matrix cards claims\">\n<thead><tr>{}"
      "<th scope=\"col\">Measured</th></tr></thead>\n<tbody>\n{}</tbody></table>\n",
      article.title, article.section, head, rows);
}

}  // namespace

std::string article_html(const View& view) {
  std::string out;
  for (const ArticleTable& article : article_tables()) out += table_of(view, article);
  if (out.empty()) return {};
  return "<section id=\"article\">\n<h2>The article’s tables, measured</h2>\n" + out +
         "</section>\n";
}

}  // namespace redflag::reports
