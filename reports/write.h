// The reports of a campaign. Writers return text and touch nothing; write_file() is the one place
// of redflag's reports that writes files.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

#include "model/campaign.h"

namespace redflag {

/// The whole campaign as one self-contained page: no network, no other file. Thread-safe.
std::string html(const Campaign& campaign);

/// The campaign as GitHub-flavoured Markdown, below the 1 MiB that a job summary may have.
/// Scenarios that do not fit are named as left out. Thread-safe.
std::string markdown(const Campaign& campaign);

/// The campaign as JUnit XML: a suite per mode and compiler, a test case per variant. A verdict
/// that is not *as expected* is a failure; a run that did not happen is an error: CI servers
/// take skipped tests for green.
/// Thread-safe.
std::string junit(const Campaign& campaign);

/// A file that could not be written; what() says which, what was wrong and what to do.
class WriteError : public std::runtime_error {
 public:
  WriteError(const std::filesystem::path& file, std::error_code code);
  [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }
  [[nodiscard]] const std::error_code& code() const noexcept { return code_; }

 private:
  std::filesystem::path file_;
  std::error_code code_;
};

/// Makes `file` hold exactly `text`: whoever reads it sees the old text or the new, never a part,
/// even if the machine stops half-way. Throws WriteError; the old file is then as it was and
/// nothing is left beside it. Its folder must exist. Thread-safe; the last writer of a file wins.
void write_file(const std::filesystem::path& file, std::string_view text);

/// Writes `folder`/results.json. Called after each run, so that a later failure loses none.
/// Throws WriteError.
void write_results(const Campaign& campaign, const std::filesystem::path& folder);

/// Writes report.html, report.md and junit.xml in `folder`. Throws WriteError.
void write_reports(const Campaign& campaign, const std::filesystem::path& folder);

}  // namespace redflag
