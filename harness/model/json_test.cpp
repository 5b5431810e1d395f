#include "model/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redflag {
namespace {

using testing::HasSubstr;

Run searched(const std::optional<ExhaustiveSearch>& exhaustive) {
  Run run;
  run.mode = Mode::explore;
  run.search = {"exhaustive", exhaustive, 80, 1000};
  return run;
}

Campaign sample() {
  Campaign campaign;
  campaign.complete = true;
  campaign.environment.cores = 2;
  campaign.environment.compilers = {"gcc: g++ 12.2.0"};
  campaign.scenarios.push_back(
      {"close_twice", "t", "3.2", "s", "# t\n", {{"unsafe", Side::unsafe, "p", "int x;\n"}}});
  Run run;
  run.scenario = "close_twice";
  run.mode = Mode::tsan;
  run.status = Status::ran;
  run.verdict = Verdict::missed;
  run.executions_to_first_finding = 7;
  run.expected = {{Kind::data_race, true, "stop"}};
  run.outcomes = {{"closed=2", false, "closed twice", 3, 1}};
  run.findings = {{"data-race: a | b", 2}};
  campaign.runs = {run, Run{}, searched({}), searched(ExhaustiveSearch{2, false, 90}),
                   searched(ExhaustiveSearch{{}, true, 7})};
  Finding finding;
  finding.kind = Kind::data_race;
  finding.stacks = {{Role::side, "Write of size 4", "T1", {{"f", "a.cpp", 3, 1, "exe", 255}}}};
  finding.interleaving = {{"T1", "locks mutex 1", "a.cpp:3 in f", true, false, 9}};
  campaign.findings = {finding};
  campaign.costs = {{"close_twice", "close", 1.5, 3}};
  return campaign;
}

std::string error_of(std::string_view text) {
  try {
    campaign_from_json(text);
  } catch (const BadDocument& error) {
    return error.what();
  }
  return "no error";
}

TEST(CampaignJson, SurvivesARoundTrip) {
  EXPECT_EQ(campaign_from_json(to_json(sample())), sample());
}

TEST(CampaignJson, CutAnywhereIsRefused) {
  const std::string whole = to_json(sample());
  for (std::size_t size = 0; size + 2 < whole.size(); ++size)
    EXPECT_THROW(campaign_from_json(std::string_view(whole).substr(0, size)), BadDocument) << size;
}

TEST(CampaignJson, ANewerSchemaIsRefusedWithAdvice) {
  EXPECT_THAT(error_of(R"({"schema_version": 999})"), HasSubstr("use the redflag that wrote it"));
}

TEST(CampaignJson, AMissingOrWrongFieldIsNamed) {
  EXPECT_THAT(error_of(R"({"schema_version": 1})"), HasSubstr("complete"));
  std::string text = to_json(sample());
  text.replace(text.find("\"missed\""), 8, "\"passed\"");
  EXPECT_THAT(error_of(text), HasSubstr("\"passed\" is no verdict"));
}

TEST(CampaignJson, BytesThatAreNotUtf8AreReplaced) {
  Campaign campaign = sample();
  campaign.findings[0].text = "a\xff\xfe";
  EXPECT_EQ(campaign_from_json(to_json(campaign)).findings[0].text, "a\uFFFD\uFFFD");
}

TEST(DescriptionJson, SurvivesARoundTrip) {
  Description description;
  description.scenario = "close_twice";
  description.side = Side::safe;
  description.expect = {{Mode::asan, {Kind::double_free, true, "close"}}};
  description.outcomes = {{"closed=1", true, "once"}};
  EXPECT_EQ(description_from_json(to_json(description)), description);
}

}  // namespace
}  // namespace redflag
