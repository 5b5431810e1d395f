// Lessons: Markdown to HTML.
#pragma once

#include <string>
#include <string_view>

namespace redflag::reports {

/// The GitHub-flavoured Markdown in `text` as HTML that stands below a heading of `level`. The
/// lesson's own title is left out, because the report has it. Raw HTML does not pass; images and
/// links that are not http(s) become their text, because the page is one file. Thread-safe.
std::string lesson_html(std::string_view text, int level);

}  // namespace redflag::reports
