#include "explore/driver/thread_numbers.h"

#include <gtest/gtest.h>

#include <memory>

namespace redflag {
namespace {

std::unique_ptr<explorer::Page> page_of(std::initializer_list<std::uint32_t> kernel_ids) {
  auto page = std::make_unique<explorer::Page>();
  for (const std::uint32_t id : kernel_ids) page->threads[page->thread_count++].kernel_id = id;
  return page;
}

TEST(ThreadNumbers, AreTheExplorersByTheKernels) {
  const auto page = page_of({100, 103, 102});
  EXPECT_EQ(with_explorers_numbers(*page,
                                   "  Write of size 4 at 0x1 by thread T7:\n"
                                   "  Previous read of size 4 at 0x1 by thread T12:\n"
                                   "  Thread T7 (tid=102, running) created by main thread at:\n"
                                   "  Thread T12 (tid=103, finished) created by thread T7 at:\n"),
            "  Write of size 4 at 0x1 by thread T2:\n"
            "  Previous read of size 4 at 0x1 by thread T1:\n"
            "  Thread T2 (tid=102, running) created by main thread at:\n"
            "  Thread T1 (tid=103, finished) created by thread T2 at:\n");
}

TEST(ThreadNumbers, OfAThreadThatThePageDoesNotKnowStay) {
  const auto page = page_of({100, 101});
  const std::string report = "  Thread T9 (tid=555, running) created by thread T5 at:\n  thread Tx";
  EXPECT_EQ(with_explorers_numbers(*page, report), report);
}

}  // namespace
}  // namespace redflag
