// Text of sanitizer reports to findings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/finding.h"

namespace redflag {

/// What a run's text says: the defects, and apart from them what kept a tool from working (address
/// space layout, a missing file of suppressions, a failed check inside the tool …), one line each.
/// A text with tool errors and without findings is not a clean run.
struct Report {
  std::vector<Finding> findings;
  std::vector<std::string> tool_errors;
  bool operator==(const Report&) const = default;
};

/// Reads a log or a child's output that may hold reports of ThreadSanitizer, AddressSanitizer,
/// LeakSanitizer and UBSan, of GCC or Clang, in any mixture and with other output between them.
///
/// Every finding has its signature; `log` is left empty. Equal findings are kept: how often one was
/// seen counts. Titles, messages and locations hold no addresses and process numbers. The thread of
/// a stack is the one that ran it, but for Role::thread the one that was created. A finding's text
/// is cut to 64 KiB, and its strings are valid UTF-8 without control characters.
///
/// Never fails: a report that is cut or damaged gives what can be read of it. Takes time linear in
/// the text. Thread-safe.
Report parse_report(std::string_view text);

}  // namespace redflag
