#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "reports/lesson.h"
#include "reports/line_diff.h"
#include "reports/sample_campaign.h"
#include "reports/write.h"

namespace redflag::reports {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Markdown, OpensWithTheVerdictAndTheMatrix) {
  EXPECT_THAT(
      markdown(sample_campaign()),
      AllOf(StartsWith("## redflag\n\n**3 of 7 variants behaved as declared;"),
            HasSubstr("| scenario | variant | plain gcc | tsan gcc | tsan clang | asan"),
            HasSubstr("✓ as expected<br>`data-race`, `forbidden-outcome`<br>13/13 processes"),
            HasSubstr("– did not run: not built")));
}

TEST(Markdown, SaysWhatWentWrongAndWhatWasFound) {
  EXPECT_THAT(markdown(sample_campaign()),
              AllOf(HasSubstr("- ✗ unsafe in tsan gcc did not show data-race"),
                    HasSubstr("- **data-race**, `count_to \\| count_to`: data race on counter"),
                    HasSubstr("- ⚑ **uncaught-exception**: std::logic"),
                    HasSubstr("`unsafe` in tsan clang 13/13 processes")));
}

TEST(Markdown, SaysWhatTheFixCosts) {
  EXPECT_THAT(
      markdown(sample_campaign()),
      HasSubstr("- cost of the fix, increment, 1 thread: 11.8 ns instead of 0.52 ns (22.7×)\n"));
}

TEST(Markdown, EveryRowOfTheMatrixHasTheSameCells) {
  std::vector<std::ptrdiff_t> bars;
  const std::string text = markdown(poisoned_campaign("a|`b\nc"));
  for (const std::string_view line : lines_of(text)) {
    if (!line.starts_with('|')) continue;
    std::ptrdiff_t unescaped = 0;
    for (std::size_t i = 0; i < line.size(); ++i)
      unescaped += line[i] == '|' && (i == 0 || line[i - 1] != '\\') ? 1 : 0;
    bars.push_back(unescaped);
  }
  ASSERT_EQ(bars.size(), 2 + 7);
  EXPECT_EQ(std::ranges::count(bars, bars.front()), 9);
}

TEST(Markdown, HoldsNoMarkupOfOthers) {
  const std::string text = markdown(poisoned_campaign("<script>x</script>[a](b)**c**@d"));
  EXPECT_THAT(text, Not(HasSubstr("@d ")));
  // Rendered as GitHub does: all HTML that is not redflag's own <br> would be left out with a note.
  std::string ours = text;
  for (auto at = ours.find("<br>"); at != std::string::npos; at = ours.find("<br>"))
    ours.erase(at, 4);
  EXPECT_THAT(lesson_html(ours, 1),
              AllOf(Not(HasSubstr("<script")), Not(HasSubstr("raw HTML omitted")),
                    Not(HasSubstr("<strong>c")), Not(HasSubstr("<a "))));
}

TEST(Markdown, StaysBelowAMegabyteAndSaysWhatItLeftOut) {
  Campaign campaign = sample_campaign();
  campaign.findings[0].message.assign(2'000'000, '|');
  EXPECT_LT(markdown(campaign).size(), 20'000);
  EXPECT_THAT(markdown(campaign), HasSubstr("&#124; …  \n  `unsafe` in tsan gcc"));
  for (int i = 0; i < 3000; ++i) {
    campaign.scenarios.push_back({"s" + std::to_string(i), std::string(400, '<'), "", "", "", {}});
  }
  const std::string text = markdown(campaign);
  EXPECT_LT(text.size(), 1'000'000);
  EXPECT_THAT(text, HasSubstr("more scenarios did not fit here; report.html has all."));
}

}  // namespace
}  // namespace redflag::reports
