// Damaged, cut and endless text: no crash, and what can be read is read.
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "sanitizer/parse.h"
#include "sanitizer/test_logs.h"

namespace redflag {
namespace {

// One short log a parser.
const std::vector<std::string> short_logs{"destroy_of_locked_mutex.tsan.gcc",
                                          "thread_leak.tsan.clang",
                                          "double_free.asan.gcc",
                                          "segv.asan.gcc",
                                          "leak.lsan.clang",
                                          "undefined.ubsan.gcc"};

TEST(Robustness, TextCutAtEveryByte) {
  for (const auto& name : short_logs) {
    const auto text = read_log(name);
    const auto whole = parse_report(text);
    std::size_t most = 0;
    for (std::size_t size = 0; size <= text.size(); ++size) {
      const auto cut = parse_report(std::string_view(text).substr(0, size));
      EXPECT_GE(cut.findings.size(), most) << name << " cut at " << size;
      most = cut.findings.size();
    }
    EXPECT_EQ(most, whole.findings.size()) << name;
  }
}

TEST(Robustness, FlippedBytes) {
  std::mt19937 random(20240607);  // NOLINT(cert-msc51-cpp): the same in each run
  for (const auto& name : short_logs) {
    const auto text = read_log(name);
    for (int round = 0; round < 200; ++round) {
      auto damaged = text;
      for (int flips = 0; flips < 20; ++flips) {
        damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
      }
      for (const auto& finding : parse_report(damaged).findings) {
        EXPECT_FALSE(finding.signature.empty());
        EXPECT_LE(finding.text.size(), 3 * damaged.size());
      }
    }
  }
}

TEST(Robustness, FindingsHoldOnlyPrintableText) {
  auto text = read_log("data_race.tsan.gcc");
  text.replace(text.find("bump"), 4, "b\xFFmp");
  text.replace(text.find("counter"), 7, std::string("count\0r", 7));
  const auto finding = parse_report(text).findings.at(0);
  EXPECT_EQ(finding.signature,
            "data-race: src/data_race.cpp:b\xEF\xBF\xBDmp | src/data_race.cpp:operator()");
  EXPECT_EQ(finding.location, "global 'count\xEF\xBF\xBDr' of size 4");
  EXPECT_EQ(finding.text.find('\0'), std::string::npos);
}

TEST(Robustness, Noise) {
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same in each run
  std::string noise(200'000, '\0');
  for (auto& byte : noise) byte = static_cast<char>(random() % 256);
  EXPECT_TRUE(parse_report(noise).findings.empty());
  EXPECT_TRUE(parse_report(std::string(1000, '\0')).findings.empty());
}

TEST(Robustness, NulBytesBetweenReports) {
  const auto text = std::string("\0\0", 2) + read_log("data_race.tsan.gcc") + std::string(50, '\0');
  ASSERT_EQ(parse_report(text).findings.size(), 1U);
}

std::chrono::duration<double> time_of(const std::string& text) {
  const auto start = std::chrono::steady_clock::now();
  parse_report(text);
  return std::chrono::steady_clock::now() - start;
}

// What a line can start with is what could make a parser read all of it.
TEST(Robustness, ALineOfAHundredMegabytes) {
  constexpr std::size_t size = 100'000'000;
  for (const std::string_view start :
       {"", "WARNING: ThreadSanitizer: data race\n    #0 ", "==1==ERROR: AddressSanitizer: "}) {
    std::string text(start);
    text.resize(size, '(');
    EXPECT_LT(time_of(text).count(), 10.0) << start;
  }
}

TEST(Robustness, TimeIsLinearInTheText) {
  // Each line opens a report, whose end no line tells.
  std::string text;
  while (text.size() < 2'000'000) text += "WARNING: ThreadSanitizer: data race (pid=1)\n    #0 f\n";
  EXPECT_LT(time_of(text).count(), 30.0);
  text = "WARNING: ThreadSanitizer: data race (pid=1)\n";
  while (text.size() < 2'000'000) text += "    #0 f<f<f<f<f(f(f(f( /src/a.cpp:1\n";
  EXPECT_LT(time_of(text).count(), 30.0);
}

}  // namespace
}  // namespace redflag
