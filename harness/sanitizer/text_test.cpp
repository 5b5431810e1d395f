#include "sanitizer/text.h"

#include <gtest/gtest.h>

#include "sanitizer/lines.h"

namespace redflag::sanitizer {
namespace {

TEST(Text, StableDropsWhatChangesFromRunToRun) {
  EXPECT_EQ(stable("  Previous write of size 4 at 0x7b08 by thread T1 (mutexes: write M0):"),
            "Previous write of size 4 by thread T1 (mutexes: write M0)");
  EXPECT_EQ(stable("data race (pid=12345)"), "data race");
  EXPECT_EQ(stable("Thread T1 'a b' (tid=9, running) created by main thread at:"),
            "Thread T1 'a b' (running) created by main thread at");
  EXPECT_EQ(stable("Mutex M0 (0x5555) created at:"), "Mutex M0 created at");
  EXPECT_EQ(stable("M0 (0x55) => M1 (0x56) => M0"), "M0 => M1 => M0");
  EXPECT_EQ(stable("load of misaligned address 0x7ff for type 'int'"),
            "load of misaligned address for type 'int'");
  EXPECT_EQ(stable("0x"), "");
  EXPECT_EQ(stable("(pid=1)"), "(pid=1)");
}

TEST(Text, PrintableIsValidUtf8) {
  const std::string replacement = "\xEF\xBF\xBD";
  EXPECT_EQ(printable("a\tb\n"), "a\tb\n");
  EXPECT_EQ(printable("\xC3\xA9 \xE7\xBA\xA2 \xF0\x9F\x9A\xA9"),
            "\xC3\xA9 \xE7\xBA\xA2 \xF0\x9F\x9A\xA9");
  EXPECT_EQ(printable(std::string_view("\0", 1)), replacement);
  EXPECT_EQ(printable("\x1B"), replacement);
  EXPECT_EQ(printable("\xE7\xBA"), replacement + replacement) << "cut";
  EXPECT_EQ(printable("\xC0\xAF"), replacement + replacement) << "too long a form";
  EXPECT_EQ(printable("\xED\xA0\x80"), replacement + replacement + replacement) << "surrogate";
  EXPECT_EQ(printable("\xFF"), replacement);
}

TEST(Text, ColoursGo) {
  EXPECT_EQ(without_colours("\033[1m\033[31mWARNING\033[1m\033[0m: x"), "WARNING: x");
  EXPECT_EQ(without_colours("cut \033[1"), "cut ");
  EXPECT_EQ(without_colours("cut \033["), "cut ");
}

TEST(Text, ReplacedReplacesEach) {
  EXPECT_EQ(replaced("a::b a::c", "a::", ""), "b c");
  EXPECT_EQ(replaced("none", "a::", "x"), "none");
}

TEST(LineReader, TakesOneLineBack) {
  LineReader reader("one\r\n\ntwo");
  EXPECT_EQ(reader.next(), "one");
  reader.push_back();
  EXPECT_EQ(reader.next(), "one");
  EXPECT_EQ(reader.next(), "");
  EXPECT_EQ(reader.next(), "two");
  EXPECT_EQ(reader.next(), std::nullopt);
}

TEST(LineReader, CutsAnEndlessLine) {
  std::string text(LineReader::longest_line * 3, 'x');
  text += "\nnext";
  LineReader reader(text);
  EXPECT_EQ(reader.next()->size(), LineReader::longest_line);
  EXPECT_EQ(reader.next(), "next");
}

}  // namespace
}  // namespace redflag::sanitizer
