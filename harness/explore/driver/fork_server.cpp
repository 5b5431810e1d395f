#include "explore/driver/fork_server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include "explore/driver/orders.h"
#include "explore/driver/thread_numbers.h"
#include "process/child.h"
#include "process/cpus.h"
#include "process/patience.h"
#include "process/stacks.h"
#include "sanitizer/log_path.h"

// Of every sanitizer's runtime, if this process has one.
// NOLINTNEXTLINE(bugprone-reserved-identifier): its name
extern "C" __attribute__((weak)) void __sanitizer_set_report_path(const char* path);

namespace redflag {
namespace {

namespace fs = std::filesystem;
using explorer::Answer;
using explorer::Page;
using explorer::Request;
constexpr std::size_t most_output = 1 << 20;
constexpr double most_seconds_to_start = 10;  // the sanitizer's names are read then

FileDescriptor memory_file(const char* name) {
  FileDescriptor file(memfd_create(name, MFD_CLOEXEC));
  if (!file) throw std::system_error(errno, std::generic_category(), "cannot make a memory file");
  return file;
}

void empty(const FileDescriptor& file) {
  if (ftruncate(file.get(), 0) == 0) lseek(file.get(), 0, SEEK_SET);
}

std::string text_of(const FileDescriptor& file) {
  const off_t size = lseek(file.get(), 0, SEEK_END);
  std::string text(
      std::min<std::size_t>(static_cast<std::size_t>(std::max<off_t>(size, 0)), most_output), '\0');
  const ssize_t got = pread(file.get(), text.data(), text.size(), 0);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

std::string take_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return {};
  std::string text(std::istreambuf_iterator<char>(in), {});
  std::error_code ignored;
  fs::remove(path, ignored);
  return text;
}

// Symbols cost more than the execution, and most reports were seen before: they are for the run
// that shows a finding again. At the exit of a program whose threads run in parallel the others get
// a moment, in which they may race with it.
std::string sanitizer_options(const ServerOptions& options) {
  return behind_users_own(
      "TSAN_OPTIONS", fmt::format("log_path={}:log_exe_name=0:halt_on_error=0:exitcode=66:"
                                  "atexit_sleep_ms={}:second_deadlock_stack=1:symbolize={}{}",
                                  quoted_log_path(options.log.string()), options.parallel ? 50 : 0,
                                  options.symbolize ? 1 : 0,
                                  options.every_race ? ":suppress_equal_addresses=0" : ""));
}

}  // namespace

ForkServer::ForkServer(const Target& target, ServerOptions options)
    : target_(target),
      options_(std::move(options)),
      page_file_(memory_file("redflag-explore")),
      out_(memory_file("stdout")),
      err_(memory_file("stderr")) {
  void* memory = MAP_FAILED;
  if (ftruncate(page_file_.get(), sizeof(Page)) == 0)
    memory = mmap(nullptr, sizeof(Page), PROT_READ | PROT_WRITE, MAP_SHARED, page_file_.get(), 0);
  if (memory == MAP_FAILED)
    throw std::system_error(errno, std::generic_category(), "cannot make the explorer's page");
  page_ = static_cast<Page*>(memory);
  if (!target_.child) start();
}

ForkServer::~ForkServer() {
  requests_.reset();  // it ends when there are no more requests
  if (server_ > 0) {
    kill(-server_, SIGKILL);
    kill(server_, SIGKILL);
    waitpid(server_, nullptr, 0);
  }
  munmap(page_, sizeof(Page));
}

// The ends that the program gets.
std::pair<FileDescriptor, FileDescriptor> ForkServer::make_pipes() {
  int requests[2];
  int answers[2];
  if (pipe2(requests, O_CLOEXEC) != 0 || pipe2(answers, O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
  requests_ = FileDescriptor(requests[1]);
  answers_ = FileDescriptor(answers[0]);
  return {FileDescriptor(requests[0]), FileDescriptor(answers[1])};
}

void ForkServer::start() {
  const auto [request_end, answer_end] = make_pipes();
  Command command;
  command.argv = target_.argv;
  command.argv[0] = target_.program.string();
  command.environment = {
      {explorer::page_fd_variable, std::to_string(page_file_.get())},
      {explorer::server_fds_variable, fmt::format("{},{}", request_end.get(), answer_end.get())},
      {"TSAN_OPTIONS", sanitizer_options(options_)}};
  if (target_.inside) command.environment.emplace_back(explorer::inside_variable, "1");
  if (!target_.body.empty())
    command.environment.emplace_back(explorer::body_variable, target_.body);
  if (target_.preload) command.environment.emplace_back("LD_PRELOAD", preloaded_libraries());
  command.inherited_fds = {page_file_.get(), request_end.get(), answer_end.get()};
  command.cpu = options_.cpu;
  command.fixed_addresses = true;  // equal schedules are to be equal executions
  std::string error;
  server_ = start_child(command, out_.get(), err_.get(), error);
  if (server_ < 0) throw CannotExplore(error);
}

// Of a function of this process the child is forked from here, and takes requests itself.
void ForkServer::fork_child() {
  const auto [request_end, answer_end] = make_pipes();
  std::fflush(nullptr);  // or the child would write it a second time
  server_ = fork();
  if (server_ < 0) throw std::system_error(errno, std::generic_category(), "cannot fork");
  if (server_ > 0) {
    page_->child = server_;
    return;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  dup2(out_.get(), STDOUT_FILENO);
  dup2(err_.get(), STDERR_FILENO);
  requests_.reset();
  answers_.reset();
  if (options_.cpu) pin_to_cpu(*options_.cpu);
  if (__sanitizer_set_report_path != nullptr) __sanitizer_set_report_path(options_.log.c_str());
  target_.child(*page_, request_end.get(), answer_end.get());
  _exit(0);
}

void ForkServer::fail(const std::string& what) {
  std::string said = text_of(err_);
  if (said.size() > 500) said.resize(500);
  throw CannotExplore(what + (said.empty() ? "" : ": " + said));
}

// ThreadSanitizer lets no child of a process with several threads start threads of its own.
void ForkServer::refuse_other_threads(const Execution& execution) {
  constexpr auto complaint = "starting new threads after multi-threaded fork is not supported";
  if (target_.child && (execution.err.find(complaint) != std::string::npos ||
                        execution.sanitizer.find(complaint) != std::string::npos))
    throw CannotExplore(
        "this process has other threads, which a child of it cannot have: explore before they are "
        "started, or after they have been joined");
}

void ForkServer::send(Request request) {
  if (write(requests_.get(), &request, 1) != 1) fail("the program's fork server is gone");
}

// Waits for the child's end, or that of its execution, and ends it when it stands still.
Answer ForkServer::await_answer(Execution& execution) {
  using Clock = std::chrono::steady_clock;
  Answer answer = {};
  std::uint64_t steps = page_->total_steps;
  pid_t child = page_->child;
  Patience patience(Clock::now());
  for (;;) {
    pollfd file = {answers_.get(), POLLIN, 0};
    if (poll(&file, 1, 50) > 0) {
      if (read(answers_.get(), &answer, sizeof answer) == sizeof answer) return answer;
      if (target_.child) {
        answer.pid = std::exchange(server_, -1);
        waitpid(answer.pid, &answer.status, 0);
        page_->child = 0;
        return answer;
      }
      const bool loaded = page_->magic == Page::magic_number;
      fail(loaded ? "the program's fork server ended"
                  : "the explorer's runtime was not loaded into the program");
    }
    const std::uint64_t now = page_->total_steps;
    const bool stepped = now != steps && !options_.parallel;
    if (const pid_t there = page_->child; stepped || (there > 0 && there != child)) {
      steps = now;
      child = there;
      patience.renew(Clock::now());
    }
    const auto waited = patience.look(Clock::now());
    execution.interrupted |= options_.stop != nullptr && *options_.stop;
    const double limit = child > 0 ? options_.hang_after_seconds
                                   : std::max(options_.hang_after_seconds, most_seconds_to_start);
    if (waited > std::chrono::duration<double>(limit)) {
      if (child <= 0) fail("the program did not start within the time for a hang");
      note_hang(execution);
    }
    if (execution.interrupted || !execution.hang.empty()) {
      if (const pid_t there = page_->child; there > 0) kill(there, SIGKILL);
    }
  }
}

void ForkServer::note_hang(Execution& execution) const {
  if (!execution.hang.empty()) return;
  execution.hang =
      fmt::format("it {} within {:g} s", options_.parallel ? "did not end" : "took no step",
                  options_.hang_after_seconds);
  if (page_->child > 0) execution.hung_threads = thread_stacks(page_->child, {}).stacks;
}

Execution ForkServer::run(const explorer::Spec& spec, std::span<const std::uint16_t> prefix) {
  give_orders(*page_, spec, prefix,
              options_.racing != nullptr ? std::span(*options_.racing)
                                         : std::span<const explorer::CodePlace>());
  page_->spec.last = options_.fresh ? 1 : 0;
  empty(out_);
  empty(err_);
  if (target_.child && server_ < 0) fork_child();
  Execution execution;
  const std::uint64_t before = page_->executions;
  const std::uint64_t steps = page_->total_steps;
  send(Request::execute);
  Answer answer = await_answer(execution);
  if (answer.pid < 0)
    throw CannotExplore(fmt::format("the program's fork server cannot fork: {}",
                                    std::generic_category().message(answer.status)));
  if (page_->executions == before && !execution.interrupted)
    fail("the program ended before its first execution");
  const std::string log = fmt::format("{}.{}", options_.log.string(), answer.pid);
  if (answer.alive != 0 && fs::exists(log)) {
    // It would not tell of the same a second time.
    send(Request::leave);
    answer = await_answer(execution);
  }
  if (options_.parallel) page_->steps = page_->total_steps - steps;  // no scheduler counts them
  execution.status = answer.status;
  execution.out = text_of(out_);
  execution.err = text_of(err_);
  execution.sanitizer = with_explorers_numbers(*page_, take_file(log));
  refuse_other_threads(execution);
  return execution;
}

}  // namespace redflag
