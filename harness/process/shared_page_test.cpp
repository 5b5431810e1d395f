#include "process/shared_page.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cstring>
#include <random>

namespace redflag {
namespace {

// The program's side of the same page.
class Mapped {
 public:
  explicit Mapped(int fd)
      : page_(static_cast<StatusPage*>(
            mmap(nullptr, sizeof(StatusPage), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0))) {}
  ~Mapped() { munmap(page_, sizeof(StatusPage)); }
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;
  StatusPage* operator->() { return page_; }
  void* bytes() { return page_; }

 private:
  StatusPage* page_;
};

TEST(SharedPage, APageNobodyWroteIsNotValid) { EXPECT_FALSE(SharedPage().read().valid); }

TEST(SharedPage, ShowsWhatTheProgramWrote) {
  const SharedPage shared;
  Mapped page(shared.fd());
  page->magic = StatusPage::magic_number;
  page->phase = StatusPage::running;
  page->started = 5;
  page->completed = 4;
  page->first_report = 3;
  std::strcpy(page->outcomes[0].text, "done=1");
  page->outcomes[0].first_execution = 1;
  page->outcomes[0].count = 4;
  const ProgramStatus status = shared.read();
  EXPECT_TRUE(status.valid);
  EXPECT_EQ(status.started, 5U);
  EXPECT_EQ(status.completed, 4U);
  EXPECT_EQ(status.first_report, 3U);
  ASSERT_EQ(status.outcomes.size(), 1U);
  EXPECT_EQ(status.outcomes[0].text, "done=1");
  EXPECT_EQ(status.outcomes[0].count, 4U);
}

TEST(SharedPage, ScribblesAreReadWithinBounds) {
  const SharedPage shared;
  Mapped page(shared.fd());
  std::mt19937 random(1);
  for (int round = 0; round < 50; ++round) {
    auto* bytes = static_cast<unsigned char*>(page.bytes());
    for (std::size_t i = 0; i < sizeof(StatusPage); ++i)
      bytes[i] = static_cast<unsigned char>(random());
    EXPECT_FALSE(shared.read().valid);
    page->magic = StatusPage::magic_number;  // now as if only the rest were scribbled
    page->phase = StatusPage::running;
    page->started = 7;
    const ProgramStatus status = shared.read();
    EXPECT_TRUE(status.valid);
    EXPECT_LE(status.completed, 7U);
    EXPECT_LE(status.death_offsets.size(), StatusPage::max_frames);
    EXPECT_LE(status.outcomes.size(), StatusPage::outcome_slots);
    for (const auto& outcome : status.outcomes)
      EXPECT_LE(outcome.text.size(), StatusPage::text_size);
  }
}

}  // namespace
}  // namespace redflag
