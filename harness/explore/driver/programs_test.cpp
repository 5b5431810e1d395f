// Every program of testdata/ says in its first line what it is to show: one with a bug shows it in
// some schedule, one without shows nothing in any. Seeds are fixed, so a result does not change.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <vector>

#include "explore/driver/test_programs.h"

namespace redflag {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> programs() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(REDFLAG_SOURCE_DIR "/harness/explore/testdata")) {
    if (entry.path().extension() == ".cpp") names.push_back(entry.path().stem());
  }
  std::ranges::sort(names);
  return names;
}

// "// expects: deadlock"
std::string expectation_of(const std::string& name) {
  std::ifstream in(REDFLAG_SOURCE_DIR "/harness/explore/testdata/" + name + ".cpp");
  std::string line;
  std::getline(in, line);
  constexpr std::string_view mark = "// expects: ";
  return line.starts_with(mark) ? line.substr(mark.size()) : "";
}

bool is_expected(const std::string& expected, Kind kind) {
  if (expected == "deadlock") return kind == Kind::deadlock || kind == Kind::lost_wakeup;
  if (expected == "abort") return kind == Kind::abort || kind == Kind::uncaught_exception;
  if (expected == "leak") return kind == Kind::thread_leak;
  return expected == to_string(kind);
}

class ExploredProgram : public testing::TestWithParam<std::string> {};

TEST_P(ExploredProgram, ShowsWhatItSays) {
  const std::string expected = expectation_of(GetParam());
  ASSERT_NE(expected, "") << "its first line must be \"// expects: …\"";
#ifdef __clang__
  if (GetParam() == "weak_compare_bug") GTEST_SKIP() << "Clang does not say which ones are weak";
#endif
  const Target target = explored_program(GetParam());
  const TestFolder folder;
  const unsigned schedules = GetParam().starts_with("many_") ? 1 : 12;  // "many": threads
  bool found = false;
  for (const Strategy kind : {Strategy::pos, Strategy::pct, Strategy::random}) {
    const unsigned clean = kind == Strategy::pos ? schedules : (schedules + 2) / 3;
    SearchOptions options = test_options(folder, expected == "nothing" ? clean : 300);
    options.strategy = kind;
    options.weak_memory = GetParam().starts_with("weak_");
    options.satisfied = [&](const std::vector<Finding>& seen) {
      return std::ranges::any_of(seen,
                                 [&](const auto& f) { return is_expected(expected, f.kind); });
    };
    options.until_satisfied = expected != "nothing";
    options.seconds = 1000;
    const SearchResult result = search(target, options);
    EXPECT_EQ(result.nondeterminism.empty(), !GetParam().starts_with("nondeterministic_"))
        << result.nondeterminism;
    if (GetParam().starts_with("pipe_")) {
      EXPECT_EQ(result.uncontrolled, 0U) << result.uncontrolled_call;
    }
    for (const auto& discovery : result.discoveries) {
      if (expected == "nothing") ADD_FAILURE() << discovery.finding.text;
      found |= is_expected(expected, discovery.finding.kind);
    }
    if (found) break;
  }
  EXPECT_EQ(found, expected != "nothing");
}

#ifndef __clang__  // the model is the same by both, and these are many
// What is right in C++ is right whatever its loads give.
class CorrectProgram : public testing::TestWithParam<std::string> {};

TEST_P(CorrectProgram, ShowsNothingInWeakMemory) {
  const TestFolder folder;
  SearchOptions options = test_options(folder, GetParam().starts_with("many_") ? 1 : 5);
  options.weak_memory = true;
  options.seconds = 1000;
  for (const auto& discovery : search(explored_program(GetParam()), options).discoveries)
    ADD_FAILURE() << discovery.finding.text;
}

std::vector<std::string> correct_programs() {
  std::vector<std::string> names = programs();
  std::erase_if(names, [](const auto& name) { return expectation_of(name) != "nothing"; });
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, CorrectProgram, testing::ValuesIn(correct_programs()),
                         [](const auto& name) { return name.param; });
#endif

INSTANTIATE_TEST_SUITE_P(All, ExploredProgram, testing::ValuesIn(programs()),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace redflag
