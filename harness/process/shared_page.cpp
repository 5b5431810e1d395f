#include "process/shared_page.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace redflag {
namespace {

std::string text_of(const char (&field)[StatusPage::text_size]) {
  return {field, strnlen(field, sizeof field)};
}

std::vector<ProgramStatus::Outcome> outcomes_of(const StatusPage& page, std::uint64_t started) {
  std::vector<ProgramStatus::Outcome> outcomes;
  for (const auto& slot : page.outcomes) {
    const std::uint64_t count = slot.count;
    if (count == 0) break;
    const std::uint64_t most = std::max<std::uint64_t>(1, started);
    outcomes.push_back({text_of(slot.text), std::min(count, most),
                        std::clamp<std::uint64_t>(slot.first_execution, 1, most)});
  }
  return outcomes;
}

}  // namespace

SharedPage::SharedPage() : fd_(memfd_create("redflag-status", MFD_CLOEXEC)) {
  void* memory = MAP_FAILED;
  if (fd_ && ftruncate(fd_.get(), sizeof(StatusPage)) == 0)
    memory = mmap(nullptr, sizeof(StatusPage), PROT_READ | PROT_WRITE, MAP_SHARED, fd_.get(), 0);
  if (memory == MAP_FAILED)
    throw std::system_error(errno, std::generic_category(), "cannot make a status page");
  page_ = static_cast<StatusPage*>(memory);
}

SharedPage::~SharedPage() { munmap(page_, sizeof(StatusPage)); }

ProgramStatus SharedPage::read() const {
  const StatusPage& page = *page_;
  ProgramStatus status;
  status.started = page.started;
  status.completed = std::min<std::uint64_t>(page.completed, status.started);
  const std::uint32_t phase = page.phase;
  // A day of empty executions stays below this; a larger number was scribbled.
  constexpr std::uint64_t most_executions = std::uint64_t{1} << 40;
  status.valid = page.magic == StatusPage::magic_number && phase <= StatusPage::finished &&
                 status.started < most_executions;
  if (!status.valid) return {};
  status.phase = static_cast<StatusPage::Phase>(phase);
  status.first_report = std::min<std::uint64_t>(page.first_report, status.started);
  status.first_leak = std::min<std::uint64_t>(page.first_leak, status.started);
  status.leaked_threads = std::min<std::uint64_t>(page.leaked_threads, most_executions);
  status.lost_outcomes = page.lost_outcomes;
  for (const int id : page.runtime_threads) {
    if (id > 0) status.runtime_threads.push_back(id);
  }
  status.death_signal = static_cast<int>(page.death_signal.load());
  status.terminated = page.terminated != 0;
  status.death_text = text_of(page.death_text);
  const std::size_t frames = std::min<std::size_t>(page.death_frames, StatusPage::max_frames);
  status.death_offsets.assign(page.death_offsets, page.death_offsets + frames);
  status.outcomes = outcomes_of(page, status.started);
  return status;
}

}  // namespace redflag
