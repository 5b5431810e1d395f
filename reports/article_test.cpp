#include "reports/article.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "reports/write.h"

namespace redflag::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ArticleTables, NameProgramsThatExist) {
  for (const ArticleTable& table : article_tables()) {
    for (const Claim& claim : table.claims) {
      const auto file = std::filesystem::path(REDFLAG_SOURCE_DIR) / "scenarios" / claim.scenario /
                        (std::string(claim.variant) + ".cpp");
      EXPECT_TRUE(std::filesystem::exists(file)) << file;
    }
  }
}

Campaign campaign_of_shutdown(Status status, bool finding) {
  Campaign campaign;
  campaign.scenarios.emplace_back().name = "stop_returns_early";
  Run& run = campaign.runs.emplace_back();
  run.scenario = "stop_returns_early";
  run.variant = "unsafe";
  run.compiler = "gcc";
  run.status = status;
  run.processes = 8;
  if (finding) {
    run.processes_with_finding = 8;
    run.findings = {{"data-race: f", 8}};
    Finding& seen = campaign.findings.emplace_back();
    seen.signature = "data-race: f";
    seen.kind = Kind::data_race;
  }
  return campaign;
}

TEST(ArticleTables, SayWhereTheArticleIsWrong) {
  const std::string page = html(campaign_of_shutdown(Status::ran, true));
  EXPECT_THAT(page, HasSubstr("8/8 data-race"));
  EXPECT_THAT(page, HasSubstr("the article is wrong here"));
  const std::string summary = markdown(campaign_of_shutdown(Status::ran, true));
  EXPECT_THAT(summary, HasSubstr("8/8 data-race | **breaks: the article is wrong here** |"));
}

TEST(ArticleTables, DoNotJudgeWhatDidNotRun) {
  EXPECT_THAT(html(campaign_of_shutdown(Status::not_built, false)), HasSubstr("not in every mode"));
}

TEST(ArticleTables, DoNotCallAnUnsafeProgramSafeBecauseNothingWasSeen) {
  Campaign campaign = campaign_of_shutdown(Status::ran, false);
  EXPECT_THAT(html(campaign), HasSubstr("not in every mode"));
  for (const Mode mode : {Mode::tsan, Mode::asan, Mode::explore})
    campaign.runs.emplace_back(campaign.runs.front()).mode = mode;
  EXPECT_THAT(html(campaign), HasSubstr("nothing seen"));
  EXPECT_THAT(html(campaign), Not(HasSubstr("the article is wrong here")));
}

TEST(ArticleTables, OfOtherCampaignsAreLeftOut) {
  EXPECT_THAT(html(Campaign()), Not(HasSubstr("article’s tables")));
  EXPECT_THAT(markdown(Campaign()), Not(HasSubstr("article’s tables")));
}

}  // namespace
}  // namespace redflag::reports
