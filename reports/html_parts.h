// The pieces of the HTML report, one a file; html.cpp puts them together. Every piece escapes the
// text that it is given. The page is well-formed XML too, so that a test can read it strictly.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/view.h"

namespace redflag::reports {

std::string matrix_html(const View& view);

/// Empty if the campaign has run none of what the article's tables speak of.
std::string article_html(const View& view);
std::string scenario_html(const View& view, const Scenario& scenario);
std::string programs_html(const Scenario& scenario);
std::string rates_html(const View& view, const Scenario& scenario);
std::string outcomes_html(const View& view, const Scenario& scenario);
std::string findings_html(const View& view, const Scenario& scenario);
std::string interleaving_html(const Scenario& scenario, const Finding& finding);

// Ids, and so the targets of links.
std::string scenario_id(std::string_view scenario);
std::string line_id(std::string_view scenario, const Source& source, int line);
std::string finding_id(std::string_view scenario, std::size_t number);
std::string run_id(const View& view, const Run& run);

/// A name that may break after its underscores, where a column is narrow.
std::string name_html(std::string_view name);

/// The CSS class of a run's state: "ok", "bad" or "absent".
std::string_view state_class(const Run& run);

/// The run's state with its symbol.
std::string state_html(const Run& run);

}  // namespace redflag::reports
