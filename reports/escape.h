// Text that others wrote (reports, sources, paths), made safe to stand in a document.
#pragma once

#include <string>
#include <string_view>

namespace redflag::reports {

/// `text` as UTF-8 in which nothing is hidden: bytes that are not UTF-8 become U+FFFD, control
/// characters their pictures (␛), and marks that reorder or hide text their code ([U+202E]).
/// Tabs and line ends stay. Every writer begins with this. Thread-safe, as all here.
std::string visible(std::string_view text);

/// visible() text for HTML or XML, in an element or between double quotes.
std::string escape(std::string_view text);

/// visible() text for Markdown, on one line: nothing in it is markup, a link or HTML.
std::string markdown_text(std::string_view text);

/// visible() text as a Markdown code span on one line, fit for a table's cell.
std::string markdown_code(std::string_view text);

/// A relative path as the value of href; empty if it is absolute. No path becomes another scheme.
std::string relative_link(std::string_view path);

/// An HTML id made of `text`: letters, digits, `_`, `-` and `.` stay.
std::string slug(std::string_view text);

}  // namespace redflag::reports
