// What the committed campaigns, one by each compiler, show: reports/sample/.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "campaign/grade.h"
#include "model/json.h"
#include "sanitizer/expected.h"

namespace redflag {
namespace {

Campaign sample_by(const std::string& compiler) {
  std::ifstream in(REDFLAG_SOURCE_DIR "/reports/sample/" + compiler + "/results.json");
  std::ostringstream text;
  text << in.rdbuf();
  return campaign_from_json(text.str());
}

const redflag::Run& same_run(const Campaign& campaign, const redflag::Run& wanted) {
  return *std::ranges::find_if(campaign.runs, [&](const redflag::Run& run) {
    return run.scenario == wanted.scenario && run.variant == wanted.variant &&
           run.mode == wanted.mode;
  });
}

// The signatures under which `run` showed what was expected.
std::set<std::string> signatures(const Campaign& campaign, const redflag::Run& run,
                                 const ExpectedFinding& expected) {
  std::set<std::string> found;
  for (const auto& count : run.findings) {
    for (const auto& finding : campaign.findings) {
      if (finding.signature == count.signature && fits(expected, finding))
        found.insert(count.signature);
    }
  }
  return found;
}

// An exception meets a noexcept function. GCC's terminate handler is called where it was thrown,
// Clang's where it arrives: the stack between is unwound by then. In guard_throws under TSan they
// do not even agree that there is an exception.
bool is_where_compilers_differ(const redflag::Run& run, const ExpectedFinding& expected) {
  return run.scenario == "guard_throws" ||
         (run.scenario == "unbalanced_done" && expected.kind == Kind::uncaught_exception);
}

TEST(Sample, BothCompilersNameTheSameBugAlike) {
  const Campaign gcc = sample_by("gcc");
  const Campaign clang = sample_by("clang");
  int compared = 0;
  for (const auto& run : gcc.runs) {
    for (const auto& expected : run.expected) {
      if (!expected.required || is_where_compilers_differ(run, expected)) continue;
      const auto by_gcc = signatures(gcc, run, expected);
      const auto by_clang = signatures(clang, same_run(clang, run), expected);
      const auto in_both = [&](const std::string& name) { return by_clang.contains(name); };
      EXPECT_TRUE(std::ranges::any_of(by_gcc, in_both))
          << run.scenario << '.' << run.variant << ' ' << to_string(run.mode)
          << testing::PrintToString(by_gcc) << testing::PrintToString(by_clang);
      ++compared;
    }
  }
  EXPECT_GE(compared, 20);
}

TEST(Sample, EveryUnsafeVariantIsSeenAndEverySafeOneIsClean) {
  for (const char* compiler : {"gcc", "clang"}) {
    const Campaign campaign = sample_by(compiler);
    EXPECT_EQ(exit_code(campaign), 0) << compiler;
    std::set<std::string> unsafe;
    std::set<std::string> seen;
    for (const auto& run : campaign.runs) {
      const std::string name = run.scenario + "." + run.variant;
      if (run.side == Side::safe) {
        EXPECT_TRUE(run.findings.empty()) << name;
        continue;
      }
      unsafe.insert(name);
      if (std::ranges::any_of(run.expected, &ExpectedFinding::required)) seen.insert(name);
    }
    EXPECT_EQ(seen, unsafe) << compiler;
  }
}

}  // namespace
}  // namespace redflag
