#include "process/symbols.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <link.h>

namespace redflag {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

std::uint64_t load_address() {
  std::uint64_t base = 0;
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* to) {
        *static_cast<std::uint64_t*>(to) = info->dlpi_addr;
        return 1;
      },
      &base);
  return base;
}

// Where its caller is. Not by backtrace(): sanitizers put a frame of their own on top of that.
[[gnu::noinline]] std::uint64_t offset_of_caller() {
  return reinterpret_cast<std::uint64_t>(__builtin_return_address(0)) - load_address() - 1;
}

[[gnu::noinline]] std::uint64_t offset_here() {
  const std::uint64_t offset = offset_of_caller();
  return offset;
}

TEST(Symbolize, NamesFunctionFileAndLine) {
  const auto frames = symbolize("/proc/self/exe", {offset_here()});
  ASSERT_FALSE(frames.empty());
  EXPECT_THAT(frames.front().function, HasSubstr("offset_here"));
  EXPECT_THAT(frames.front().file, EndsWith("symbols_test.cpp"));
  EXPECT_GT(frames.front().line, 20);
}

TEST(Symbolize, WhatItCannotNameKeepsItsOffset) {
  const auto frames = symbolize("/no/such/program", {0x1234, 0});
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_EQ(frames[0].offset, 0x1234U);
  EXPECT_EQ(frames[0].module, "program");
}

}  // namespace
}  // namespace redflag
