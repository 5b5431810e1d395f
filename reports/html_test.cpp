#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "reports/sample_campaign.h"
#include "reports/write.h"

namespace redflag::reports {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// The page, read strictly: a tag that is not closed, or an attribute not quoted, is an error.
pugi::xml_document parsed_page(const std::string& page) {
  pugi::xml_document document;
  const auto result = document.load_string(page.c_str(), pugi::parse_full | pugi::parse_ws_pcdata);
  EXPECT_TRUE(result) << result.description()
                      << " at: " << page.substr(static_cast<std::size_t>(result.offset), 200);
  return document;
}

std::string text_of(const pugi::xml_node& node) {
  std::string text;
  for (const auto& found : node.select_nodes(".//text()")) text += found.node().value();
  return text;
}

pugi::xml_node by_id(const pugi::xml_document& page, const std::string& id) {
  return page.select_node(("//*[@id='" + id + "']").c_str()).node();
}

TEST(Html, IsWellFormedWithEachIdOnceAndNoLinkToNowhere) {
  const auto page = parsed_page(html(sample_campaign()));
  std::multiset<std::string> ids;
  for (const auto& found : page.select_nodes("//@id")) ids.insert(found.attribute().value());
  for (const std::string& id : ids) EXPECT_EQ(ids.count(id), 1) << id;
  std::size_t inner = 0;
  for (const auto& found : page.select_nodes("//a/@href")) {
    const std::string href = found.attribute().value();
    if (!href.starts_with('#')) continue;
    EXPECT_TRUE(ids.contains(href.substr(1))) << href;
    ++inner;
  }
  EXPECT_GT(inner, 20);
}

TEST(Html, ShowsTheInterleavingWithAColumnAThread) {
  const auto page = parsed_page(html(sample_campaign()));
  const auto table = page.select_node("//table[@class='interleaving']").node();
  EXPECT_EQ(text_of(table.child("thead")), "StepmainT1T2");
  const std::string body = text_of(table.child("tbody"));
  EXPECT_THAT(body, HasSubstr("7 steps"));
  EXPECT_THAT(body, HasSubstr("interrupts starts"));
  EXPECT_THAT(body, HasSubstr("at the end: waits for the end of thread 1"));
  const auto rows = table.select_nodes("tbody/tr");
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_THAT(text_of(rows[4].node()), HasSubstr("write of size 4, unsafe.cpp:11 in count_to"));
  const auto second = rows[2].node();  // after the row of those left out
  EXPECT_EQ(text_of(second.first_child()), "9");
  EXPECT_THAT(text_of(second.last_child()), HasSubstr("starts"));
}

TEST(Html, HeadingsAreNestedWithoutGaps) {
  const auto page = parsed_page(html(sample_campaign()));
  int level = 0;
  for (const auto& found : page.select_nodes("//h1|//h2|//h3|//h4|//h5|//h6")) {
    const int next = found.node().name()[1] - '0';
    EXPECT_LE(next, level + 1) << text_of(found.node());
    level = next;
  }
  EXPECT_EQ(page.select_nodes("//h1").size(), 1);
}

TEST(Html, FetchesNothing) {
  const std::string page = html(sample_campaign());
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  for (const char* fetched : {"<img", "<link rel=\"stylesheet", "src=", "@import", "url("})
    EXPECT_THAT(page, Not(HasSubstr(fetched))) << fetched;
}

TEST(Html, OpensWithTheVerdict) {
  const auto page = parsed_page(html(sample_campaign()));
  const auto lead = page.select_node("//header/p[@class='lead bad']").node();
  EXPECT_THAT(text_of(lead), HasSubstr("3 of 7 variants behaved as declared"));
  const auto good = parsed_page(html(good_campaign()));
  EXPECT_TRUE(good.select_node("//header/p[@class='lead ok']"));
}

TEST(Html, ACellSaysVerdictKindAndRate) {
  const auto page = parsed_page(html(sample_campaign()));
  const auto cell = page.select_node("//table[contains(@class,'matrix')]//tr[1]/td[1]").node();
  EXPECT_STREQ(cell.attribute("class").value(), "ok");
  EXPECT_THAT(text_of(cell), AllOf(HasSubstr("✓ as expected"), HasSubstr("forbidden-outcome"),
                                   HasSubstr("2/13 processes, first at 1,204")));
}

TEST(Html, ARunThatDidNotHappenIsNeverGreen) {
  const auto page = parsed_page(html(sample_campaign()));
  const std::map<std::string, std::string> runs = {{"unsafe-in-plain-gcc", "timed out"},
                                                   {"unsafe-in-tsan-gcc", "crashed the harness"},
                                                   {"safe-in-plain-gcc", "not built"},
                                                   {"safe-in-tsan-gcc", "skipped"}};
  for (const auto& [id, status] : runs) {
    const auto row = by_id(page, "listener_ignores_stop-" + id);
    EXPECT_STREQ(row.attribute("class").value(), "absent");
    EXPECT_THAT(text_of(row), AllOf(HasSubstr("did not run: " + status),
                                    HasSubstr("nothing was measured"), Not(HasSubstr("✓"))));
    const std::string link = "//td[a/@href='#listener_ignores_stop-" + id + "']";
    EXPECT_STREQ(page.select_node(link.c_str()).node().attribute("class").value(), "absent");
  }
}

TEST(Html, LinesOfFindingsAndOfTheFixAreMarked) {
  const auto page = parsed_page(html(sample_campaign()));
  const auto racing = by_id(page, "unlocked_counter-unsafe-L11");
  EXPECT_STREQ(racing.attribute("class").value(), "line differs place");
  EXPECT_THAT(text_of(racing), AllOf(HasSubstr("++counter;"), HasSubstr("⚑ 2")));
  EXPECT_STREQ(by_id(page, "unlocked_counter-safe-L14").attribute("class").value(), "line differs");
  EXPECT_STREQ(by_id(page, "unlocked_counter-unsafe-L10").attribute("class").value(), "line");
}

TEST(Html, ALineThatOnlyLeadsToAFindingIsMarkedLess) {
  Campaign campaign = sample_campaign();
  auto& frames = campaign.findings[0].stacks[0].frames;
  frames.insert(frames.begin() + 1, frames[0]);
  frames[1].line = 10;
  const auto page = parsed_page(html(campaign));
  const auto caller = by_id(page, "unlocked_counter-unsafe-L10");
  EXPECT_STREQ(caller.attribute("class").value(), "line");
  EXPECT_THAT(text_of(caller), HasSubstr("↳ 2"));
  // Where a thread was created is no part of the defect.
  EXPECT_THAT(text_of(by_id(page, "unlocked_counter-unsafe-L19")), Not(testing::EndsWith(" 2\n")));
}

TEST(Html, AFindingHasItsSidesItsRunsAndItsLog) {
  const auto page = parsed_page(html(sample_campaign()));
  const auto finding = by_id(page, "unlocked_counter-finding-2");
  const std::string text = text_of(finding);
  EXPECT_THAT(text, AllOf(HasSubstr("data-race"), HasSubstr("Previous write of size 4"),
                          HasSubstr("unsafe in tsan clang: 13 of 13 processes"),
                          HasSubstr("3 runtime frames"), HasSubstr("global 'counter' of size 4"),
                          HasSubstr("Report as ThreadSanitizer printed it, 8 lines")));
  EXPECT_EQ(finding.select_nodes("div[@class='stacks']/div[@class='stack']").size(), 2);
  EXPECT_TRUE(finding.select_node(".//a[@href='logs/unlocked_counter/unsafe.tsan.4711']"));
  EXPECT_TRUE(finding.select_node(".//li[@class='user']//a[@href='#unlocked_counter-unsafe-L11']"));
}

TEST(Html, SaysPlainlyWhatWasMissed) {
  const std::string text = text_of(by_id(parsed_page(html(sample_campaign())), "close_twice"));
  EXPECT_THAT(text, HasSubstr("did not show data-race in Channel::close, which it must"));
}

TEST(Html, OutcomesCostsAndLessonAreThere) {
  const std::string text = text_of(by_id(parsed_page(html(sample_campaign())), "unlocked_counter"));
  EXPECT_THAT(text, AllOf(HasSubstr("⚑ forbidden"), HasSubstr("25,998"), HasSubstr("22.7×"),
                          HasSubstr("Why it breaks"), HasSubstr("15% (4.3–42%)")));
}

TEST(Html, TextOfOthersIsOnlyEverText) {
  const std::string poison = "<script>alert(1)</script>\"'&<b x='\x1b[31m\xff";
  const std::string page = html(poisoned_campaign(poison));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<script>alert")), Not(HasSubstr("<b x"))));
  EXPECT_EQ(parsed_page(page).select_nodes("//script").size(), 1);
  for (const char c : page) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
}

TEST(Html, AnEmptyCampaignIsAPageToo) {
  EXPECT_THAT(text_of(parsed_page(html({})).child("html")), HasSubstr("Nothing ran"));
}

// For the eye: REDFLAG_LOOK_AT_REPORTS=folder keeps the samples' reports there.
TEST(Html, CanBeLookedAt) {
  const char* const folder = std::getenv("REDFLAG_LOOK_AT_REPORTS");
  const std::filesystem::path root =
      folder != nullptr ? folder : testing::TempDir() + "redflag-look-at-reports";
  for (const char* name : {"sample", "good", "long"})
    std::filesystem::create_directories(root / name);
  write_reports(sample_campaign(), root / "sample");
  write_reports(good_campaign(), root / "good");
  write_reports(poisoned_campaign("<b>" + std::string(300, 'x')), root / "long");
  EXPECT_TRUE(std::filesystem::exists(root / "long" / "report.html"));
  if (folder == nullptr) std::filesystem::remove_all(root);
}

}  // namespace
}  // namespace redflag::reports
