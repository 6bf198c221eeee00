#include "fleetmeter/confine.hpp"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "base/file_descriptor.hpp"

namespace fleetmeter {

namespace {

// ---- files

constexpr std::uint64_t kReading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kWriting =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE;
/// Everything that the first version of Landlock can forbid.
constexpr std::uint64_t kAll =
    kReading | kWriting | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_SOCK |
    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

/// Adds a folder in which so much is allowed, if it is there.
void allow(int rules, const std::string& folder, std::uint64_t access) {
  const base::FileDescriptor there(open(folder.c_str(), O_PATH | O_CLOEXEC));
  if (there.number() < 0) {
    return;
  }
  landlock_path_beneath_attr beneath{};
  beneath.allowed_access = access;
  beneath.parent_fd = there.number();
  syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0U);
}

bool confine_files(const std::vector<std::string>& folders) {
  landlock_ruleset_attr handled{};
  handled.handled_access_fs = kAll;
  const base::FileDescriptor rules(static_cast<int>(
      syscall(SYS_landlock_create_ruleset, &handled, sizeof handled.handled_access_fs, 0U)));
  if (rules.number() < 0) {
    return false;
  }
  for (const std::string& folder : folders) {
    allow(rules.number(), folder, kReading | kWriting);
  }
  for (const char* system : {"/usr", "/etc", "/lib"}) {
    allow(rules.number(), system, kReading);
  }
  return syscall(SYS_landlock_restrict_self, rules.number(), 0U) == 0;
}

// ---- calls of the kernel

#if defined(__x86_64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kMachine = 0;  // nothing is known of its calls
#endif

/// What starts programs, makes connections, or reaches into other processes or into the kernel.
/// io_uring does all of that without a call for each.
constexpr auto kForbidden = std::to_array<long>({
  SYS_execve, SYS_execveat, SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen,
      SYS_accept, SYS_accept4, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kill,
      SYS_tkill, SYS_pidfd_open, SYS_pidfd_getfd, SYS_pidfd_send_signal, SYS_mount, SYS_umount2,
      SYS_pivot_root, SYS_chroot, SYS_setns, SYS_unshare, SYS_bpf, SYS_perf_event_open, SYS_keyctl,
      SYS_add_key, SYS_request_key, SYS_userfaultfd, SYS_init_module, SYS_finit_module,
      SYS_delete_module, SYS_kexec_load, SYS_open_by_handle_at, SYS_io_uring_setup,
      SYS_io_uring_enter, SYS_io_uring_register,
#if defined(__x86_64__)
      SYS_fork, SYS_vfork
#endif
});

constexpr sock_filter load(std::size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}
constexpr sock_filter answer(std::uint32_t what) {
  return BPF_STMT(BPF_RET | BPF_K, what);
}
/// The next `skipped` are left out unless what was loaded is this.
constexpr sock_filter when_equal(std::uint32_t value, std::uint8_t skipped) {
  return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skipped);
}
constexpr std::uint32_t refusal(int code) {
  return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(code);
}

std::vector<sock_filter> filter() {
  std::vector<sock_filter> steps{load(offsetof(seccomp_data, arch)), when_equal(kMachine, 1),
                                 BPF_STMT(BPF_JMP | BPF_JA, 1), answer(refusal(EPERM)),
                                 load(offsetof(seccomp_data, nr))};
#if defined(__x86_64__)
  // The calls of x32 are the same once more, under other numbers.
  steps.push_back(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000U, 0, 1));
  steps.push_back(answer(refusal(EPERM)));
#endif
  for (const long call : kForbidden) {
    steps.push_back(when_equal(static_cast<std::uint32_t>(call), 1));
    steps.push_back(answer(refusal(EPERM)));
  }
  // Threads are made by clone. What clone3 would make cannot be seen here; without it the C
  // library takes clone.
  steps.push_back(when_equal(SYS_clone3, 1));
  steps.push_back(answer(refusal(ENOSYS)));
  steps.push_back(when_equal(SYS_clone, 3));
  steps.push_back(load(offsetof(seccomp_data, args)));
  steps.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0));
  steps.push_back(answer(refusal(EPERM)));
  steps.push_back(answer(SECCOMP_RET_ALLOW));
  return steps;
}

bool confine_calls() {
  std::vector<sock_filter> steps = filter();
  const sock_fprog program{static_cast<unsigned short>(steps.size()), steps.data()};
  return kMachine != 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace

Confined confine_thread(const std::vector<std::string>& folders) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return {};
  }
  const bool files = confine_files(folders);
  return {files, confine_calls()};
}

}  // namespace fleetmeter
