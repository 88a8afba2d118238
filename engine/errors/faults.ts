/** Codes of what the server answers (`{ error: { code, message } }`). */
export const faults = {
  'not-found': {
    zh: '没有找到，可能已删除或地址有误',
    en: 'Not found; it may have been deleted or the address is wrong',
  },
  'not-logged-in': { zh: '请先登录，登录后会回到这一页', en: 'Please log in; you will come back to this page' },
  'not-allowed': {
    zh: '您的账号没有这项权限，请联系管理员开通',
    en: 'Your account may not do this; ask the administrator',
  },
  'wrong-login': {
    zh: '账号或密码不正确，请检查后再试；还可以试 {left} 次',
    en: 'Account or password is wrong; {left} tries are left',
  },
  'login-locked': {
    zh: '密码连续输错，账号已锁定，请在 {minutes} 分钟后再试',
    en: 'Too many wrong passwords; try again in {minutes} minutes',
  },
  'too-many-requests': {
    zh: '操作太频繁，请在 {seconds} 秒后再试',
    en: 'Too many requests; try again in {seconds} seconds',
  },
  'account-taken': {
    zh: '这个账号已经注册过，请直接登录，或换一个账号',
    en: 'This account exists; log in or choose another',
  },
  'account-invalid': {
    zh: '账号请用 3 到 40 位字母、数字或 . _ - @',
    en: 'An account has 3 to 40 letters, digits or . _ - @',
  },
  'mobile-invalid': { zh: '请输入 11 位手机号码', en: 'Enter a mobile number of 11 digits' },
  'mobile-taken': {
    zh: '这个手机号码已经绑定了另一个账号，请直接用它登录',
    en: 'Another account has this number; log in with it',
  },
  'mobile-unknown': {
    zh: '这个手机号码还没有注册。填写姓名即可注册并登录',
    en: 'Nobody is registered with this number yet. Enter a name to register and log in',
  },
  'sms-failed': {
    zh: '短信没有发出去，请稍后再试，或改用账号密码',
    en: 'The message could not be sent; try again later, or use account and password',
  },
  'code-wrong': { zh: '验证码不正确，还可以试 {left} 次', en: 'The code is wrong; {left} tries are left' },
  'code-over': {
    zh: '验证码已失效，请重新获取',
    en: 'The code is no longer good; ask for a new one',
  },
  'second-wrong': {
    zh: '动态码不正确或已用过，请输入验证器里新的 6 位数字，或一个恢复码',
    en: 'The code is wrong or was used; enter a new one of the authenticator, or a recovery code',
  },
  'second-there': { zh: '已经设置过动态码，要换请先停用', en: 'A second factor is set up already; remove it first' },
  'second-needed': {
    zh: '工作人员必须使用动态码，不能停用；换手机请联系管理员重置',
    en: 'Staff must have a second factor; ask an administrator to reset it for a new phone',
  },
  'roles-conflict': {
    zh: '“{one}”和“{other}”不能由同一个人担任，请去掉其中一个',
    en: 'The same person cannot be both "{one}" and "{other}"; take one away',
  },
  'role-unknown': {
    zh: '没有“{role}”这个角色或项目，请从列表里选择',
    en: 'There is no role or project "{role}"; choose from the list',
  },
  'role-unknown-of': {
    zh: '没有“{role}”这个角色，可以是：{roles}',
    en: 'There is no role "{role}"; it may be one of: {roles}',
  },
  'staff-self': {
    zh: '不能修改自己的权限，请另一位管理员操作',
    en: 'Nobody changes their own rights; ask another administrator',
  },
  'staff-provided': {
    zh: '这个账号的角色由统一身份认证分配，请在那里修改',
    en: 'The roles of this account come from the identity provider; change them there',
  },
  'invitation-over': {
    zh: '邀请链接已用过或已过期，请联系管理员重新发送',
    en: 'The invitation was used or is over; ask the administrator for another',
  },
  'provider-failed': {
    zh: '统一身份认证没有完成，请再试一次；多次不成功请联系管理员',
    en: 'The identity provider did not complete the login; try again, or ask the administrator',
  },
  'provider-no-role': {
    zh: '您的身份已确认，但没有分配本系统的角色，请联系管理员',
    en: 'You are known, but have no role here; ask the administrator',
  },
  'notice-just-sent': {
    zh: '这条通知刚刚发送过，或正在发送，请一分钟后再试',
    en: 'The notice was sent just now or is being sent; try again in a minute',
  },
  'provider-weak': {
    zh: '统一身份认证没有按要求的方式核实身份，请退出统一身份认证，用要求的方式（如动态口令）重新登录',
    en: 'The identity provider did not check you as strongly as is asked here; log out there and log in again with your second factor',
  },
  'jump-invalid': {
    zh: '从门户过来的链接无效或已过期，请回到门户重新进入，或在这里登录',
    en: 'The link from the portal is invalid or over; enter again from there, or log in here',
  },
  'jump-used': {
    zh: '从门户过来的链接已用过一次，请回到门户重新进入，或在这里登录',
    en: 'The link from the portal was used once; enter again from there, or log in here',
  },
  'company-invalid': {
    zh: '请填写单位名称和证件号码（4 到 40 位字母或数字）',
    en: 'Enter the name of the company and its number (4 to 40 letters or digits)',
  },
  'company-last': {
    zh: '您是唯一的管理人，请先指定另一位管理人再退出',
    en: 'Nobody else manages this company; make somebody a manager first',
  },
  'own-change': {
    zh: '修改过这份草稿的人不能发布它，请另一位发布员发布',
    en: 'Whoever changed this draft does not publish it; ask another publisher',
  },
  'name-invalid': { zh: '请输入姓名，最多 40 个字', en: 'Enter a name of at most 40 characters' },
  'password-weak': {
    zh: '密码请用 8 到 128 位，不能与账号相同，不能是常见密码，也不能只用账号、网厅名称这类词加数字和符号',
    en: 'A password has 8 to 128 characters, differs from the account, is not a common one, and is more than names of the hall or the account with digits and signs',
  },
  'password-wrong': { zh: '当前密码不正确，请重新输入', en: 'The current password is wrong' },
  'portal-key': { zh: '门户密钥缺少或已失效', en: 'The key of the portal is missing or not valid any more' },
  'metrics-token': {
    zh: '读取运行指标需要 CERTFLOW_METRICS_TOKEN 中的令牌',
    en: 'Reading the metrics needs the token of CERTFLOW_METRICS_TOKEN',
  },
  'request-invalid': { zh: '请求的内容不正确：{reason}', en: 'The request is invalid: {reason}' },
  'request-too-large': { zh: '内容太大，最多 {limit}', en: 'Too large; at most {limit}' },
  'request-foreign': {
    zh: '请求不是从本网站发出的，请回到本网站的页面操作',
    en: 'The request did not come from this site',
  },
  'content-type': { zh: '请求的内容类型应为 {wanted}', en: 'The content type must be {wanted}' },
  refused: { zh: '现在不能这样做', en: 'This cannot be done now' },
  'case-moved-on': {
    zh: '这笔业务刚刚有了新的进展，页面已更新，请看过后再操作',
    en: 'The case has moved on; the page was updated, please look again',
  },
  'not-fillable': {
    zh: '现在不能填写“{form}”，请刷新页面看看轮到谁办理',
    en: 'The form "{form}" cannot be filled in now; reload the page',
  },
  'project-closed': { zh: '没有这个项目，或它还没有发布', en: 'There is no such project, or it is not published yet' },
  'project-not-open': {
    zh: '现在不受理新的申请：{reason}。已经开始的可以继续办理',
    en: 'No new applications at present: {reason}. What was begun can go on',
  },
  'talk-early': {
    zh: '还没有工作人员接手这件业务单，暂时不能留言',
    en: 'Nobody has taken this case up yet, so there is nobody to write to',
  },
  'talk-closed': {
    zh: '这件业务单的个人信息已按保存期限删除，不能再留言',
    en: 'The personal data of this case was deleted; nothing can be written any more',
  },
  'talk-looked-at': {
    zh: '审计只能查看留言，不能留言',
    en: 'An auditor reads the messages and writes none',
  },
  'talk-empty': { zh: '请先写下要说的话，再发送', en: 'Write something first' },
  'talk-long': { zh: '一条留言最多 {limit} 个字，请分成几条发送', en: 'A message has at most {limit} characters' },
  'talk-full': {
    zh: '这件业务单的留言已满 {limit} 条，请改用电话联系',
    en: 'This case has {limit} messages, which is the most; please telephone',
  },
  'batch-none': { zh: '这个项目没有开通批量申请', en: 'This project takes no batches' },
  'batch-unreadable': {
    zh: '不是能读懂的 CSV 文件：{reason}。请在表格软件里另存为“CSV”再上传',
    en: 'This is no CSV file that can be read: {reason}. Save the sheet as CSV and upload it again',
  },
  'batch-empty': {
    zh: '文件里没有数据：第 1 行是列名，从第 2 行起每行一件，请填好再上传',
    en: 'The file has no data: line 1 holds the titles, then one line for each case',
  },
  'batch-many': {
    zh: '文件有 {count} 行，一次最多 {most} 行，请分成几个文件上传',
    en: 'The file has {count} rows, at most {most} are taken at a time; split it',
  },
  'batch-columns': {
    zh: '第 1 行的列名不对：缺少{missing}。请用下载的模板',
    en: 'The titles in line 1 are not right; missing: {missing}. Use the template',
  },
  'batch-twice': {
    zh: '列“{titles}”出现了两次，请删去一列',
    en: 'The column {titles} stands there twice; leave one out',
  },
  'batch-shared': { zh: '共用的资料还有 {count} 处需要修改', en: 'What all rows share needs {count} changes' },
  'batch-nothing': {
    zh: '没有可以受理的行，请按提示改好文件再上传',
    en: 'No row can be taken; mend the file as told and upload it again',
  },
  'number-busy': { zh: '办理的人太多，请稍候再试', en: 'Too many at the same time; please try again' },
  'file-none': { zh: '没有收到文件，请重新选择', en: 'No file was received; choose it again' },
  'file-empty': { zh: '文件是空的，请重新选择', en: 'The file is empty; choose another' },
  'file-slot': { zh: '这里不能上传文件', en: 'No file can be uploaded here' },
  'file-type': {
    zh: '请上传 {types} 格式的文件；这个文件不是',
    en: 'Upload a file of the type {types}; this one is not',
  },
  'file-content': {
    zh: '文件的内容与扩展名 .{extension} 不符，请用 {types} 格式另存后再上传',
    en: 'The content does not match the extension .{extension}; save it as {types}',
  },
  'file-size': {
    zh: '文件 {size}，超过了 {limit} 的上限，请压缩后再上传',
    en: 'The file has {size}, more than {limit}; make it smaller',
  },
  'file-pixels': {
    zh: '图片有 {pixels} 万像素，超过了 {limit} 万的上限，请缩小后再上传',
    en: 'The picture has too many pixels; make it smaller',
  },
  'erasure-open': {
    zh: '还有业务没有办完：{numbers}。请先办完或撤销，再注销账号',
    en: 'Cases are still under way: {numbers}. Finish or withdraw them first',
  },
  'file-broken': {
    zh: '文件已损坏，打不开。请重新拍照、扫描或导出后再上传',
    en: 'The file is damaged and does not open; take it again',
  },
  'file-harmful': {
    zh: '文件被识别为病毒，没有保存。请换一份文件',
    en: 'The file was recognised as a virus and not kept; use another',
  },
  'file-encrypted': { zh: 'PDF 设有密码，请取消密码后再上传', en: 'The PDF has a password; remove it first' },
  'file-active': {
    zh: 'PDF 里含有脚本或附件，请打印成普通 PDF 后再上传',
    en: 'The PDF holds scripts or attachments; print it to a plain PDF',
  },
  'file-outdated': {
    zh: '这份扫描件的版本码是 {found}，现在的资料是 {wanted}：打印之后资料改过。请重新打印、签名盖章后上传',
    en: 'The scan shows version {found}, the data are {wanted} now: print, sign and stamp it again',
  },
  'file-other-case': {
    zh: '这份扫描件属于另一笔业务（业务单号 {found}），请上传本业务单打印的那一份',
    en: 'The scan belongs to another case ({found}); upload the print of this one',
  },
  'file-unknown': { zh: '文件没有上传成功，请重新上传', en: 'The file was not uploaded; upload it again' },
  'option-unknown': { zh: '请从下拉列表中选择{title}', en: 'Choose from the list: {title}' },
  'file-erased': {
    zh: '这个文件已按保存期限删除，不能再查看',
    en: 'This file was deleted when its time was over; it can no longer be seen',
  },
  'file-many': { zh: '这笔业务上传的文件太多（{limit} 个），请联系客服', en: 'Too many files in this case ({limit})' },
  'link-dead': {
    zh: '这个二维码已失效，请回到电脑上刷新后重新扫码',
    en: 'This code is no longer valid; refresh it on the computer and scan again',
  },
  'link-used': {
    zh: '这个二维码已经被扫过，请回到电脑上重新获取',
    en: 'This code was used already; get a new one on the computer',
  },
  'sample-unsafe': {
    zh: '这件业务单没能完全匿名，不能用来演练；请换一件，并告诉系统管理员',
    en: 'This case could not be made wholly anonymous and cannot be played; choose another one, and tell the administrator',
  },
  'reason-needed': { zh: '请写明查看的原因', en: 'Say why you look at it' },
  'draft-changed': {
    zh: '草稿刚刚被别人修改过，请刷新后再改',
    en: 'Somebody changed the draft; reload before you go on',
  },
  'project-id': {
    zh: '项目编号请用 2 到 40 位小写字母、数字或 -，以字母开头',
    en: 'The id of a project has 2 to 40 lower-case letters, digits or -, and begins with a letter',
  },
  'project-number': {
    zh: '业务单号的开头是 3 位数字或大写字母，由主管机构给出',
    en: 'Case numbers begin with 3 digits or capital letters, which the authority gives',
  },
  'project-title': { zh: '请填写项目名称', en: 'Give the name of the project' },
  'project-taken': {
    zh: '已有这个编号的项目，请换一个编号',
    en: 'There is a project of this id; choose another',
  },
  'draft-none': { zh: '没有可以发布的修改', en: 'There is nothing to publish' },
  'draft-broken': {
    zh: '还有 {count} 处错误，改好后才能发布',
    en: '{count} errors are left; mend them before publishing',
  },
  'draft-unproven': {
    zh: '业务单可能走到不该到的地方（{count} 处），没有发布',
    en: 'A case could get where it must not ({count} ways); nothing was published',
  },
  'draft-unfinished': {
    zh: '状态太多，没有查完，没有发布：{regions}',
    en: 'There are too many states to look at; nothing was published: {regions}',
  },
  'draft-late': {
    zh: '查了 {seconds} 秒还没有查完，没有发布。请稍后再试',
    en: 'It was not proven within {seconds} seconds; nothing was published. Try again later',
  },
  'draft-stories': {
    zh: '{count} 个场景的结果变了，没有发布',
    en: '{count} scenarios come out otherwise now; nothing was published',
  },
  'scenario-unusable': {
    zh: '场景不能用：第 {line} 行有错误，或者不是这个项目的场景',
    en: 'The scenario cannot be used: line {line} is wrong, or it is no story of this project',
  },
  'scenario-most': {
    zh: '一个项目最多保存 {count} 个场景，请先去掉不再需要的',
    en: 'A project keeps {count} scenarios at most; drop one that is no longer needed first',
  },
  'note-needed': { zh: '请写明这次发布改了什么', en: 'Say what this release changes' },
  'try-later': {
    zh: '系统暂时不能保存，请稍后再试；已填写的内容不会丢失',
    en: 'Nothing can be saved at the moment, try again later; what you have filled in is kept',
  },
  'data-damaged': {
    zh: '这笔业务单的数据文件损坏了，暂时打不开；请联系运营人员从备份恢复，其他业务单不受影响',
    en: 'The data of this case is damaged and cannot be opened; ask operations to restore it. Other cases are fine',
  },
  'index-rebuilding': {
    zh: '系统刚刚恢复，正在清点业务单（已清点 {count} 笔），请过一会儿再试',
    en: 'The system has just come back and is counting its cases ({count} so far); try again in a moment',
  },
  /** Around any other sentence of a failure of ours: by the number operations find what happened. */
  numbered: { zh: '{message}（编号 {id}）', en: '{message} ({id})' },
  internal: { zh: '系统出错了（编号 {id}），请稍后再试', en: 'Something went wrong ({id}); try again' },
} as const;
