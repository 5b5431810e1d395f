// Whether reports/schema/results.schema.json says exactly what to_json() writes.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gsl/util>
#include <sstream>

#include "model/json.h"
#include "reports/sample_campaign.h"
#include "reports/write.h"

namespace redflag::reports {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

/// What the reference validator says of each document. Its Python is the system's, because that is
/// the one that a Debian package serves.
std::vector<std::string> validate(const std::vector<std::string>& documents) {
  std::string name = (fs::temp_directory_path() / "redflag-schema-XXXXXX").string();
  const fs::path folder = ::mkdtemp(name.data());
  auto remove = gsl::finally([&] { fs::remove_all(folder); });
  const std::string schema = REDFLAG_SOURCE_DIR "/reports/schema";
  std::string command =
      fmt::format("/usr/bin/python3 '{0}/validate.py' '{0}/results.schema.json'", schema);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const fs::path file = folder / fmt::format("{}.json", i);
    write_file(file, documents[i]);
    command += fmt::format(" '{}'", file.string());
  }
  std::vector<std::string> lines;
  std::FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> line{};
  while (std::fgets(line.data(), line.size(), pipe) != nullptr) {
    lines.emplace_back(line.data());
    if (lines.back().ends_with('\n')) lines.back().pop_back();
  }
  ::pclose(pipe);
  return lines;
}

/// The sample with every kind of finding, role of a stack and extent of a search in it.
Campaign with_every_enumerator() {
  Campaign campaign = sample_campaign();
  for (const auto& exhaustive :
       {std::optional<ExhaustiveSearch>(), std::optional(ExhaustiveSearch{2, false, 90}),
        std::optional(ExhaustiveSearch{std::nullopt, true, 7})}) {
    campaign.runs.push_back(campaign.runs.front());
    campaign.runs.back().mode = Mode::explore;
    campaign.runs.back().search = {"exhaustive", exhaustive, 80, 1000};
  }
  for (int kind = 0; kind <= static_cast<int>(Kind::other); ++kind) {
    Finding finding;
    finding.kind = static_cast<Kind>(kind);
    for (int role = 0; role <= static_cast<int>(Role::other); ++role)
      finding.stacks.push_back({static_cast<Role>(role), "", "", {}});
    campaign.findings.push_back(finding);
  }
  return campaign;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from << " is not in the sample";
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(Schema, AcceptsWhatRedflagWrites) {
  EXPECT_THAT(validate({to_json(with_every_enumerator()), to_json(good_campaign()), to_json([] {
                          Campaign unfinished = good_campaign();
                          unfinished.complete = false;
                          unfinished.runs.clear();
                          return unfinished;
                        }())}),
              ElementsAre("ok", "ok", "ok"));
}

TEST(Schema, AcceptsTheCommittedCampaigns) {
  std::vector<std::string> documents;
  for (const char* compiler : {"gcc", "clang"}) {
    std::ifstream in(
        fmt::format("{}/reports/sample/{}/results.json", REDFLAG_SOURCE_DIR, compiler));
    std::ostringstream text;
    text << in.rdbuf();
    documents.push_back(text.str());
  }
  EXPECT_THAT(validate(documents), ElementsAre("ok", "ok"));
}

TEST(Schema, RefusesWhatRedflagDoesNotWrite) {
  const std::string good = to_json(sample_campaign());
  const std::vector<std::string> broken = {
      "{}",
      replaced(good, "\"schema_version\": 1", "\"schema_version\": 2"),
      replaced(good, "\"complete\": true", "\"complete\": 1"),
      replaced(good, "\"complete\": true", R"("complete": true, "extra": 0)"),
      replaced(good, "\"cores\": 2", R"("cores": 2, "extra": 0)"),
      replaced(good, "\"cores\": 2", "\"cores\": -2"),
      replaced(good, "2024-05-01T12:00:00Z", "yesterday"),
      replaced(good, R"("verdict": "missed")", R"("verdict": "passed")"),
      replaced(good, R"("status": "timed out")", R"("status": "slow")"),
      replaced(good, R"("kind": "data-race")", R"("kind": "race")"),
      replaced(good, R"("mode": "asan")", R"("mode": "msan")"),
      replaced(good, R"("role": "side")", R"("role": "corner")"),
      replaced(good, "\"logs/", "\"/logs/"),
      replaced(good, "\"line\": 11", R"("line": "11")"),
      replaced(good, R"("variant": "unsafe")", R"("variant": "broken")"),
      replaced(good, "\"executions_to_first_finding\": 1,", "\"executions_to_first_finding\": 0,"),
      replaced(good, "\"value\": 1.0", "\"value\": 1.5"),
  };
  const auto lines = validate(broken);
  ASSERT_EQ(lines.size(), broken.size()) << testing::PrintToString(lines);
  EXPECT_THAT(lines, Each(testing::Ne("ok")));
  EXPECT_THAT(lines[0], HasSubstr("is a required property"));
  EXPECT_THAT(lines[4], AllOf(HasSubstr("environment"), HasSubstr("extra")));
  EXPECT_THAT(lines[7], HasSubstr("passed"));
}

TEST(Schema, OnlyARunThatRanHasAVerdict) {
  Campaign campaign = good_campaign();
  campaign.runs[0].status = Status::not_built;
  EXPECT_THAT(validate({to_json(campaign)}), ElementsAre(HasSubstr("runs/0/verdict")));
}

}  // namespace
}  // namespace redflag::reports
