// The measured table of a lesson: what committed campaigns saw of its programs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/campaign.h"

namespace redflag::reports {

enum class Language { english, chinese };

/// A Markdown table with a row for each program and mode, and a column for each compiler: how many
/// processes (or schedules) showed a finding, mostly of which kind, and in which execution the
/// first came. Empty if no campaign holds a run of `scenario`. Thread-safe, as all here.
std::string measured_table(const std::vector<Campaign>& campaigns, std::string_view scenario,
                           Language language);

/// `lesson` with `table` between the marks "<!-- measured -->" and "<!-- /measured -->", in place
/// of what stood there. If there are no marks, they are set below the heading of what the tools
/// see. Nothing if there is no such heading either.
std::optional<std::string> with_measured_table(const std::string& lesson, const std::string& table);

}  // namespace redflag::reports
