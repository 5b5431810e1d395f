#include "reports/terminal_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redflag::reports {
namespace {

using testing::ElementsAre;

TEST(Wrapped, BreaksAtSpacesAndLongWordsAnywhere) {
  EXPECT_THAT(wrapped("locks mutex 2", 13), ElementsAre("locks mutex 2"));
  EXPECT_THAT(wrapped("locks mutex 2", 12), ElementsAre("locks mutex", "2"));
  EXPECT_THAT(wrapped("abcdef", 4), ElementsAre("abcd", "ef"));
  EXPECT_THAT(wrapped("", 4), ElementsAre(""));
}

TEST(Wrapped, CountsCodePointsAndBreaksNone) {
  EXPECT_THAT(wrapped("\u00e4\u00f6\u00fc\u00df", 2), ElementsAre("\u00e4\u00f6", "\u00fc\u00df"));
}

TEST(Table, IsAsWideAsItsCells) {
  Table table({"step", "main", "T1"}, 80);
  table.add({"1", "creates a thread", ""});
  table.add_note("3 steps");
  table.add({"5", "", "starts"});
  EXPECT_THAT(table.lines(), ElementsAre("step | main             | T1",      //
                                         "-----+------------------+-------",  //
                                         "   1 | creates a thread |",         //
                                         "     | 3 steps",                    //
                                         "   5 |                  | starts"));
}

TEST(Table, WrapsTheCellsOfAColumnThatHasNoRoom) {
  Table table({"n", "a", "b"}, 30);
  table.add({"1", "x", "one two three four five six"});
  EXPECT_THAT(table.lines(), ElementsAre("n | a | b",                       //
                                         "--+---+-----------------------",  //
                                         "1 | x | one two three four",      //
                                         "  |   | five six"));
}

TEST(Table, NeverWidensBeyondItsColumnsButForTheNarrowestCells) {
  Table table({"n", "a", "b", "c"}, 60);
  const std::string text = "creates a thread, engine.cpp:12 in start";
  table.add({"1", text, text, text});
  for (const auto& line : table.lines()) EXPECT_LE(line.size(), 60U) << line;
}

}  // namespace
}  // namespace redflag::reports
