// glibc puts a thread's static TLS at the top of its stack and writes all of it. GCC's
// ThreadSanitizer keeps a megabyte there, so in a process that was just forked each thread begins
// with 260 page faults, half of what a short execution costs. Here the kernel makes those pages in
// one go. An execution that is not the first of its process finds the stacks of the one before, and
// needs none of this.
#include "explore/runtime/thread_stack.h"

#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include "explore/runtime/execution.h"
#include "explore/runtime/raw.h"

namespace redflag::explorer {
namespace {

constexpr std::size_t worth_it = 1 << 16;
constexpr std::size_t first_frames = 1 << 14;  // and what else a thread touches at its beginning
constexpr std::size_t page_size = 4096;

int add_tls(dl_phdr_info* info, std::size_t, void* data) {
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& part = info->dlpi_phdr[i];
    if (part.p_type == PT_TLS) *static_cast<std::size_t*>(data) += part.p_memsz;
  }
  return 0;
}

// Of all that was loaded when it is first asked for.
std::size_t tls_size() {
  static const std::size_t size = [] {
    std::size_t sum = 0;
    dl_iterate_phdr(add_tls, &sum);
    return (sum + page_size - 1) / page_size * page_size;
  }();
  return size;
}

struct FreeStack {
  void* memory;
  std::size_t size;
};

constinit FreeStack free_stacks[16] = {};
constinit std::size_t free_count = 0;

void* take_free(std::size_t size) {
  for (std::size_t i = 0; i < free_count; ++i) {
    if (free_stacks[i].size != size) continue;
    void* const memory = free_stacks[i].memory;
    free_stacks[i] = free_stacks[--free_count];
    return memory;
  }
  return nullptr;
}

// Whether the program gave one. If not, glibc tells of one that ends at address 0.
bool has_stack(const pthread_attr_t& attributes) {
  void* address = nullptr;
  std::size_t size = 0;
  pthread_attr_getstack(&attributes, &address, &size);
  return reinterpret_cast<std::uintptr_t>(address) + size != 0;
}

void* map_stack(std::size_t size) {
  const long got = raw::call(SYS_mmap, 0, static_cast<long>(size), PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (got < 0 && got > -4096) return nullptr;
  raw::call(SYS_mprotect, got, page_size, PROT_NONE);
  const std::size_t top = tls_size() + first_frames;
  raw::call(SYS_madvise, got + static_cast<long>(size - top), static_cast<long>(top),
            MADV_POPULATE_WRITE);  // an old kernel refuses, and nothing is lost
  return reinterpret_cast<void*>(got);
}

}  // namespace

ReadyStack::ReadyStack(const pthread_attr_t* given, Thread& thread) : given_(given) {
  if (inside || tls_size() < worth_it) return;
  copied_ = given == nullptr && pthread_getattr_default_np(&ours_) == 0;
  if (given != nullptr) ours_ = *given;
  std::size_t size = 0;
  if (!has_stack(ours_) && pthread_attr_getstacksize(&ours_, &size) == 0)
    prepared_ = prepare(size, thread);
}

bool ReadyStack::prepare(std::size_t size, Thread& thread) {
  size = (size + page_size - 1) / page_size * page_size + tls_size() + first_frames;
  void* memory = take_free(size);
  if (memory == nullptr) memory = map_stack(size);
  if (memory == nullptr) return false;
  thread.stack_memory = memory;
  thread.stack_size = size;
  return pthread_attr_setstack(&ours_, memory, size) == 0;
}

ReadyStack::~ReadyStack() {
  if (copied_) pthread_attr_destroy(&ours_);
}

void give_back_stack(Thread& thread) {
  void* const memory = thread.stack_memory;
  if (memory == nullptr) return;
  thread.stack_memory = nullptr;
  if (free_count < sizeof free_stacks / sizeof free_stacks[0]) {
    free_stacks[free_count++] = {memory, thread.stack_size};
  } else {
    raw::call(SYS_munmap, raw::word(memory), static_cast<long>(thread.stack_size));
  }
}

}  // namespace redflag::explorer
