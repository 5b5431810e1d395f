// Parts of report.md.
#pragma once

#include <string>

#include "reports/view.h"

namespace redflag::reports {

/// Empty if the campaign has run none of what the article's tables speak of.
std::string article_markdown(const View& view);

}  // namespace redflag::reports
