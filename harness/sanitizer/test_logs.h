// Real logs for the tests of this room; testdata/make-logs made them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "sanitizer/parse.h"

namespace redflag {

inline std::filesystem::path log_folder() {
  return std::filesystem::path(REDFLAG_SOURCE_DIR) / "harness/sanitizer/testdata/logs";
}

/// The log of that name, for example "data_race.tsan.gcc".
inline std::string read_log(const std::string& name) {
  std::ifstream file(log_folder() / (name + ".log"), std::ios::binary);
  EXPECT_TRUE(file.is_open()) << "no log " << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The names of all logs, sorted.
inline std::vector<std::string> log_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(log_folder())) {
    names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

inline std::vector<const Stack*> stacks_of(const Finding& finding, Role role) {
  std::vector<const Stack*> stacks;
  for (const auto& stack : finding.stacks) {
    if (stack.role == role) stacks.push_back(&stack);
  }
  return stacks;
}

/// What the table of a parser's test says of a log's first finding.
struct Expected {
  std::string log;
  Kind kind;
  std::string sides;  ///< of the signature
  std::string location;
  std::string message;
};

inline void expect_first(const Expected& row, const std::string& tool) {
  SCOPED_TRACE(row.log);
  const auto report = parse_report(read_log(row.log));
  ASSERT_FALSE(report.findings.empty());
  EXPECT_TRUE(report.tool_errors.empty());
  const auto& finding = report.findings.front();
  EXPECT_EQ(finding.tool, tool);
  EXPECT_EQ(to_string(finding.kind), to_string(row.kind));
  const auto colon = finding.signature.find(": ");
  ASSERT_NE(colon, std::string::npos) << finding.signature;
  EXPECT_EQ(finding.signature.substr(colon + 2), row.sides);
  EXPECT_EQ(finding.location, row.location);
  EXPECT_EQ(finding.message, row.message);
  EXPECT_TRUE(finding.log.empty());
}

}  // namespace redflag
